/**
 * @file err.h
 * Included by the C client, which uses nothing of it.
 */

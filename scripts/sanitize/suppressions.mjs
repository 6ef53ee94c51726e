/** Reports that are known, and harmless, each with the reason why. */

/**
 * @typedef {object} Suppression
 * @property {string} sanitizer
 * @property {(report: import('./reports.mjs').Report) => boolean} matches
 * @property {string} reason
 */

/** @type {Suppression[]} */
export const suppressions = [];

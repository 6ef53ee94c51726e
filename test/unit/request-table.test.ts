import { describe, expect, it } from 'vitest';
import { RequestTable } from '../../dist/request-table.js';
import type { Request } from '../../dist/requests.js';

const request = (): Request => ({ send: () => 0, settle() {} });

function put(table: RequestTable, added = request()): number {
  const id = table.nextId();
  table.add(id, added);
  return id;
}

describe('a table of requests', () => {
  it('gives each the request of its id, once', () => {
    const table = new RequestTable();
    const [a, b] = [request(), request()];
    const [idOfA, idOfB] = [put(table, a), put(table, b)];
    expect(table.size).toBe(2);
    expect(table.take(idOfB)).toBe(b);
    expect(table.take(idOfB)).toBeUndefined();
    expect(table.take(idOfA)).toBe(a);
    expect(table.size).toBe(0);
  });

  it('knows no id that it did not give, though it would lie in the same place', () => {
    const table = new RequestTable();
    const id = put(table);
    for (const other of [0, id + 64, id + 2 ** 20, 2 ** 32 - 1]) {
      expect(table.take(other)).toBeUndefined();
    }
    expect(table.size).toBe(1);
  });

  it('grows, and loses none', () => {
    const table = new RequestTable();
    const requests = Array.from({ length: 10_000 }, request);
    const ids = requests.map((each) => put(table, each));
    expect(new Set(ids).size).toBe(10_000);
    expect(ids.map((id) => table.take(id))).toEqual(requests);
    expect(table.size).toBe(0);
  });

  it('gives no id that is still in use, however many come and go', () => {
    const table = new RequestTable();
    const first = put(table);
    for (let i = 0; i < 1000; i += 1) {
      const id = put(table);
      expect(id).not.toBe(first);
      table.take(id);
    }
    expect(table.take(first)).toBeDefined();
  });

  it('begins anew with its ids after 2 ** 32', () => {
    const table = new RequestTable(2 ** 32 - 3);
    const requests = Array.from({ length: 5 }, request);
    const ids = requests.map((each) => put(table, each));
    expect(ids).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0, 1, 2]);
    expect(ids.slice(1).map((id) => table.take(id))).toEqual(requests.slice(1));
    expect(table.takeAll()).toEqual(requests.slice(0, 1));
  });

  it.each([0, 2 ** 32 - 50])('gives all that are left, the oldest first, from %i on', (lastId) => {
    const table = new RequestTable(lastId);
    const requests = Array.from({ length: 100 }, request);
    const ids = requests.map((each) => put(table, each));
    for (const id of ids.slice(10, 20)) table.take(id);
    for (let i = 0; i < 70; i += 1) table.take(put(table));
    const late = request();
    put(table, late);
    expect(table.takeAll()).toEqual([...requests.slice(0, 10), ...requests.slice(20), late]);
    expect(table.size).toBe(0);
    expect(table.takeAll()).toEqual([]);
  });
});

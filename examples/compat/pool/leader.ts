import { constants, ensure, hasCode, inBackground, type ZooKeeper } from '../client.js';
import { type Stop, watchChildren } from '../watch-children.js';
import { places } from './places.js';

/** Moves a task from one place to another. One that is gone was moved. */
async function move(client: ZooKeeper, from: string, to: string): Promise<void> {
  try {
    const [, data] = await client.get(from, false);
    await ensure(client, to, data as Buffer);
    await client.delete_(from, -1);
  } catch (error) {
    if (!hasCode(error, constants.ZNONODE)) throw error;
  }
}

/**
 * Takes back what members were given that are gone.
 *
 * A member is there before it has a place, so that places are looked at first: one whose member is not there then was left.
 */
async function takeBack(client: ZooKeeper): Promise<string[]> {
  const assigned = await client.get_children(places.assigned, false);
  const members = await client.get_children(places.members, false);
  for (const member of assigned) {
    if (members.includes(member)) continue;
    const theirs = `${places.assigned}/${member}`;
    for (const task of await client.get_children(theirs, false)) {
      await move(client, `${theirs}/${task}`, `${places.tasks}/${task}`);
    }
    await client.delete_(theirs, -1);
  }
  return members.sort();
}

/** Hands tasks out to the members, in turn, for as long as this client leads. */
export function lead(client: ZooKeeper): Stop {
  let turn = 0;
  const handOut = async (): Promise<void> => {
    const members = await takeBack(client);
    if (members.length === 0) return;
    for (const task of (await client.get_children(places.tasks, false)).sort()) {
      const member = members[turn % members.length];
      turn += 1;
      // A member that has just come may not have made its place yet.
      await ensure(client, `${places.assigned}/${member}`, '');
      await move(client, `${places.tasks}/${task}`, `${places.assigned}/${member}/${task}`);
    }
  };

  /** One change after the other. */
  let work = Promise.resolve();
  const onChange = (): void => {
    work = work.then(handOut);
    inBackground(client, work);
  };
  const stops = [
    watchChildren(client, places.members, onChange),
    watchChildren(client, places.tasks, onChange),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

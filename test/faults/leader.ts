import type { TestMember } from '../support/ensemble.js';
import { fourLetterWord } from '../support/four-letter-word.js';
import { waitFor } from '../support/wait-for.js';

/** The member that leads, once there is one; another one than that. */
export async function leaderOf(
  members: readonly TestMember[],
  but?: TestMember,
): Promise<TestMember> {
  const look = async (): Promise<TestMember | undefined> => {
    for (const member of members) {
      if (member === but) continue;
      const said = await fourLetterWord(member.address, 'srvr').catch(() => '');
      if (/^Mode: leader$/m.test(said)) return member;
    }
    return undefined;
  };
  const found = await waitFor(look, { timeout: 60_000, what: 'there is a leader' });
  return found as TestMember;
}

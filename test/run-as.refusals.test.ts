import { testAcceptance, testRefusals } from './refusals';
import { RunAs } from '../src';

testRefusals('RunAs', [
  ['a negative user',
    () => RunAs.user(-1),
    "RunAs: 'uid' must be a whole number from 0 to 2147483647, got -1"],
  ['a user that is a text',
    () => RunAs.user('1000' as any),
    "RunAs: 'uid' must be a whole number from 0 to 2147483647, got \"1000\""],
  ['a user beyond what Linux knows',
    () => RunAs.user(2 ** 31),
    "RunAs: 'uid' must be a whole number from 0 to 2147483647, got 2147483648"],
  ['a group that is no number',
    () => RunAs.user(1000, 1.5),
    "RunAs: 'gid' must be a whole number from 0 to 2147483647, got 1.5"],
]);

testAcceptance('RunAs', [
  ['the first user and group', () => RunAs.user(0, 0)],
  ['the last user and group', () => RunAs.user(2 ** 31 - 1, 2 ** 31 - 1)],
]);

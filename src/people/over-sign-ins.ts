import type { Forgotten } from '#src/platform/retention/retention';
import { IS_GOOD } from './session-is-good.ts';

const A_MONTH_AGO = `clock_timestamp() - interval '30 days'`;

/** Nobody can be signed in by these any more, and a month later nobody asks why. A guest's session still says which incident was theirs to see. */
export const OVER_SIGN_INS: readonly Forgotten[] = [
  {
    what: 'sessions that are over',
    statement: `delete from session where ctid = any (array(
        select s.ctid from session s where s.expires_at < ${A_MONTH_AGO} and s.incident_id is null and not ${IS_GOOD} limit $1 for update of s skip locked))`,
  },
  {
    what: 'sign-in links that are over',
    statement: `delete from sign_in_link where ctid = any (array(
        select ctid from sign_in_link where expires_at < ${A_MONTH_AGO} limit $1 for update skip locked))`,
  },
  {
    what: 'what devices were asked to sign, and did not in time',
    statement: `delete from passkey_challenge where ctid = any (array(
        select ctid from passkey_challenge where expires_at < clock_timestamp() limit $1 for update skip locked))`,
  },
  {
    what: 'codes that say who somebody is elsewhere, and are over',
    statement: `delete from person_claim where ctid = any (array(
        select ctid from person_claim where expires_at < ${A_MONTH_AGO} limit $1 for update skip locked))`,
  },
];

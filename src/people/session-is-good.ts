/** So long after an incident is over its people are still writing it down. */
const AFTERWARDS_HOURS = 12;

/**
 * As SQL: whether a session `s` lets its person in. It is good for as long as it says, and does not run out on somebody in the middle
 * of an incident in which they were by then: nobody looks for a link at that hour. Whoever joins later does not bring back one that is over.
 */
export const IS_GOOD = `(s.expires_at > clock_timestamp() or exists (
  select 1 from participant t join incident i on i.id = t.incident_id
   where t.person_id in (select theirs(s.person_id)) and t.joined_at < s.expires_at and i.practice_instance is null
     and (i.ended_at is null or i.ended_at > clock_timestamp() - interval '${AFTERWARDS_HOURS} hours')))`;

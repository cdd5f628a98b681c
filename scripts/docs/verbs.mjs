const { announceVerb } = await import('../../dist/src/announcements/announcements.verbs.js');
const { declareVerb } = await import('../../dist/src/incidents/declare.verbs.js');
const { incidentVerbs } = await import('../../dist/src/incidents/incidents.verbs.js');
const { participantVerbs } = await import('../../dist/src/incidents/participant.verbs.js');
const { privacyVerbs } = await import('../../dist/src/incidents/privacy.verbs.js');
const { roleVerbs } = await import('../../dist/src/incidents/roles/role.verbs.js');
const { triageVerbs } = await import('../../dist/src/incidents/triage.verbs.js');
const { whatGoesOnVerb } = await import('../../dist/src/incidents/what-goes-on.verbs.js');
const { helpVerb } = await import('../../dist/src/conversation/help.verbs.js');
const { thisIsMeVerb } = await import('../../dist/src/conversation/this-is-me.verbs.js');
const { wordVerbs } = await import('../../dist/src/outage/persons-word.verbs.js');
const { drillVerb } = await import('../../dist/src/drills/drills.verbs.js');
const { sayAgainVerb } = await import('../../dist/src/rooms/rooms.verbs.js');
const { findVerb } = await import('../../dist/src/search/find.verbs.js');
const { timelineVerb } = await import('../../dist/src/timeline/timeline.verbs.js');
const { updateVerbs } = await import('../../dist/src/updates/updates.verbs.js');
const { whatNowVerb } = await import('../../dist/src/updates/what-now.verbs.js');

/** Every verb, for its words: none of them is called, so none needs its service. A test compares them with those of a Muster that runs. */
export const verbs = () => [
  announceVerb(),
  declareVerb(),
  ...incidentVerbs(),
  ...participantVerbs(),
  ...privacyVerbs(),
  ...roleVerbs(),
  ...triageVerbs(),
  whatGoesOnVerb(),
  drillVerb(),
  helpVerb(),
  sayAgainVerb(),
  thisIsMeVerb(),
  findVerb(),
  timelineVerb(),
  ...updateVerbs(),
  ...wordVerbs(),
  whatNowVerb(),
];

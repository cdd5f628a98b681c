import { slackManifest } from '#adapters/slack/src/plugin';

/** What an admin pastes for an app that is told of everything by signed requests. */
export const MANIFEST = slackManifest({ name: 'Muster', socketMode: false });

// Capabilities are data, graded, per room. Limits and rate rules too: the core enforces them, the conformance kit tests them.
export type Level = 'full' | 'partial' | 'none'; // partial: works, and render() reports what was lost
export interface Capabilities {
  rev: string; // changes exactly when something below does
  features: Partial<Record<Feature, Level>>; // absent means none
  threads: 'none' | 'roots' | 'topics';
  limits: {
    textChars: number;
    payloadBytes?: number;
    blocks?: number;
    buttons?: number;
    formFields?: number;
    fileBytes?: number;
    roomName?: { max: number; allow: string };
    editMs?: number;
    privateMs?: number;
    historyPage?: number;
  };
  rates: { op: Op | '*'; per: 'room' | 'tenant' | 'app'; permits: number; windowMs: number }[];
  reconcile: 'key' | 'content' | 'none'; // can a lost send be found again, and how surely?
  echo: 'event' | 'read-back' | 'none'; // do our own posts come back as events, only in history, or not at all?
  formsFrom: ('command' | 'action')[]; // Teams opens a dialog from a card action only
}
export type Op = 'send' | 'edit' | 'delete' | 'react' | 'private' | 'room' | 'history' | 'people' | 'file';
export type Feature =
  | 'card'
  | 'buttons'
  | 'selects'
  | 'inputs'
  | 'table'
  | 'edit'
  | 'delete'
  | 'react'
  | 'private'
  | 'forms'
  | 'files'
  | 'history'
  | 'home'
  | 'mention.user'
  | 'mention.everyone'
  | 'room.create'
  | 'room.rename'
  | 'room.topic'
  | 'room.archive'
  | 'room.members'
  | 'room.pin'
  | 'room.bookmark'
  | 'event.edit'
  | 'event.delete'
  | 'event.react'
  | 'event.pin'
  | 'event.member'
  | 'event.room'
  | 'people.email';

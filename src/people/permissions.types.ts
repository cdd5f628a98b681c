import { ConfirmFirst, NotAllowed, ScopeMissing } from './people.errors.ts';
import type { Role, Scope } from './people.types.ts';

/** A role may what those before it may. A guest only practises, and sees nothing but their own drill. */
export const ROLES = ['guest', 'member', 'responder', 'admin'] as const satisfies readonly Role[];

/** What somebody in the organisation is given; a guest becomes one of them only by signing in as somebody else. */
export const GIVEN_ROLES = ['member', 'responder', 'admin'] as const satisfies readonly Role[];

interface Rule {
  /** The least role that may. */
  readonly from: Role;
  /** After "You may not". */
  readonly what: string;
  /** It lets somebody in who stays when a token is gone, so a token needs the scope of admins for it. */
  readonly opensDoors?: true;
  /** Whoever does it by a session has shown within ten minutes who they are: it lets people in, or says who may what. */
  readonly touch?: true;
  /** It is about no incident, so nobody leads it. */
  readonly nowhere?: true;
  /** Whoever leads the incident may as well. */
  readonly orLead?: true;
}

/**
 * Who may what, all of it. Commands, verbs and controllers ask this table; pages, what they offer.
 *
 * Everything is open: whoever can see an incident may talk in it, change it and take a role. What is decided for others
 * is a responder's, and a lead may do in their incident what a responder may. Settings are an admin's. In a drill of practice
 * everybody counts as its lead. What somebody deletes in a chat is deleted here as well: who may do that is the chat's rule.
 */
const RULES = {
  'message.write': { from: 'guest', what: 'write here' },
  'incident.change': { from: 'guest', what: 'change this incident' },
  'participant.join': { from: 'guest', what: 'take part here' },
  'role.take': { from: 'guest', what: 'take a role' },
  'incident.declare': { from: 'member', what: 'declare a real incident while you only practise' },
  'person.invite': { from: 'member', what: 'invite anybody while you only practise', opensDoors: true },
  'person.claim': { from: 'member', what: 'say who you are elsewhere while you only practise' },
  'incident.triage': { from: 'responder', what: 'accept, decline or merge incidents' },
  'incident.privacy': { from: 'responder', what: 'make an incident private or public' },
  'participant.add': { from: 'responder', what: 'let others in or out' },
  'role.assign': { from: 'responder', what: 'give roles to others' },
  'message.delete': { from: 'admin', orLead: true, what: 'delete what somebody else wrote' },
  'file.remove': { from: 'admin', orLead: true, what: 'remove a file that somebody else added' },
  'incident.let-in': { from: 'admin', what: 'let yourself into a private incident' },
  'team.see': { from: 'member', what: 'see the teams while you only practise' },
  'team.manage': { from: 'responder', nowhere: true, what: 'make or change teams' },
  'chat.word': { from: 'responder', nowhere: true, what: 'say that a chat is down or back' },
  'drill.see': { from: 'member', what: 'see drills while you only practise' },
  'drill.run': { from: 'responder', nowhere: true, what: 'begin or stop a drill' },
  'settings.change': { from: 'admin', touch: true, what: 'change settings' },
  'people.manage': { from: 'admin', touch: true, what: 'change who may what' },
  'code.print': { from: 'member', touch: true, what: 'have a sheet with codes while you only practise', opensDoors: true },
  'passkey.have': { from: 'member', what: 'have passkeys while you only practise', opensDoors: true },
  'token.make': { from: 'member', touch: true, what: 'make a token while you only practise', opensDoors: true },
  'token.make-for-admins': { from: 'admin', touch: true, what: 'make a token for what only admins may' },
  'token.manage': { from: 'admin', what: 'see and revoke the tokens of others' },
  'chat.connect': { from: 'admin', touch: true, what: 'connect a chat' },
  'webhook.manage': { from: 'admin', touch: true, what: 'look after webhooks' },
  'notice.manage': { from: 'admin', touch: true, what: 'change how people are told' },
  'notice.address': { from: 'member', what: 'say where you want to be told while you only practise' },
  'audit.read': { from: 'admin', touch: true, what: 'read the audit' },
  'operations.see': { from: 'admin', what: 'look after this Muster' },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;

export const may = (role: Role, action: Action): boolean => ROLES.indexOf(role) >= ROLES.indexOf(RULES[action].from);

/** In an incident that they lead. */
export const mayAsLead = (role: Role, action: Action): boolean => {
  const { orLead }: Rule = RULES[action];
  return orLead === true || may(role, action) || may('responder', action);
};

/** For a page, to leave out what would be refused. */
export const allOf = (role: Role): Action[] => (Object.keys(RULES) as Action[]).filter((action) => may(role, action));

interface Asking {
  readonly role: Role;
  readonly scopes?: Scopes;
  readonly isStale?: boolean;
}

/** Whoever is at a door brings the scopes of their token along, and how fresh their session is. @throws NotAllowed, ScopeMissing, ConfirmFirst */
export function mustBeAllowed({ role, scopes = null, isStale = false }: Asking, action: Action): void {
  if (!may(role, action)) throw notAllowed(role, action);
  const { from, opensDoors, touch }: Rule = RULES[action];
  if (touch) mustBeFresh({ isStale });
  if (from === 'admin' || opensDoors) mustHaveScope(scopes, 'admin');
}

/** For what is somebody's to do by seeing it, and still takes all of it along. @throws ConfirmFirst */
export function mustBeFresh({ isStale = false }: { readonly isStale?: boolean }): void {
  if (isStale) throw new ConfirmFirst();
}

type Scopes = readonly Scope[] | null;

/** @throws ScopeMissing */
export function mustHaveScope(scopes: Scopes, needed: Scope): void {
  if (scopes && !scopes.includes(needed)) throw new ScopeMissing(needed, scopes);
}

export function notAllowed(role: Role, action: Action): NotAllowed {
  const { from, what, nowhere, orLead }: Rule = RULES[action];
  if (role === 'guest') return new NotAllowed(what, 'Sign in with a link of your own first.');
  if (from === 'responder') return new NotAllowed(what, nowhere ? 'Ask a responder.' : 'Ask a responder, or whoever leads the incident.');
  return new NotAllowed(what, orLead ? 'Ask whoever leads the incident, or an admin.' : 'Ask an admin.');
}

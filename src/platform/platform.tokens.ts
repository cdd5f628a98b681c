/** Injection tokens for what is not a class. */
export const CONFIG = Symbol('Config');
export const ROLES = Symbol('Roles');
export const WANT_ROLE = Symbol('WantRole');

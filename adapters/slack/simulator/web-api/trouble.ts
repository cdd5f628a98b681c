/** Collects what is wrong with something an app sent, and where. */
export interface Trouble {
  add(pointer: string, what: string): void;
}

/** Nothing can be sent there, and why. */
export class AddressNotUsable extends Error {
  constructor(why: string) {
    super(`Nothing can be sent there. ${why}`);
    this.name = 'AddressNotUsable';
  }
}

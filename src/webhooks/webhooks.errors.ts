export class WebhookNotFound extends Error {
  constructor() {
    super('There is no webhook of this id. GET /api/v1/webhooks lists those there are.');
    this.name = 'WebhookNotFound';
  }
}

/** It cannot be sent there, and why. */
export class WebhookAddressNotUsable extends Error {
  constructor(why: string) {
    super(`A webhook cannot be sent there. ${why}`);
    this.name = 'WebhookAddressNotUsable';
  }
}

export class TooManyWebhooks extends Error {
  constructor(readonly most: number) {
    super(`There are ${most} webhooks already, and no more can be. Remove one that nobody needs, or let one receiver pass it on.`);
    this.name = 'TooManyWebhooks';
  }
}

export class WebhookNotFound extends Error {
  constructor() {
    super('There is no webhook of this id. GET /api/v1/webhooks lists those there are.');
    this.name = 'WebhookNotFound';
  }
}

export class TooManyWebhooks extends Error {
  constructor(readonly most: number) {
    super(`There are ${most} webhooks already, and no more can be. Remove one that nobody needs, or let one receiver pass it on.`);
    this.name = 'TooManyWebhooks';
  }
}

export class TeamNotFound extends Error {
  constructor() {
    super('There is no such team. GET /api/v1/teams lists those there are.');
    this.name = 'TeamNotFound';
  }
}

export class TeamNotUsable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TeamNotUsable';
  }
}

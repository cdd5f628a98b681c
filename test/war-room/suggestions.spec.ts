import { slashCommands } from '#adapters/war-room/web/src/room/composer/slash-commands';
import { Verbs } from '#src/conversation/verbs.service';
import { useApp } from '#test/support/app';

describe('What the message box suggests', () => {
  const app = useApp({ roles: ['web'] });

  it('is every command of a room, and nothing that is none', () => {
    const commands = app
      .get(Verbs)
      .all()
      .filter(({ inRoom }) => inRoom)
      .map(({ name }) => `/${name}`);

    const suggested = slashCommands.map(({ word }) => word).filter((word) => word !== '/help');

    expect(suggested.toSorted()).toEqual(commands.toSorted());
  });
});

import { createHash } from 'node:crypto';
import type { ActorFact } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import { RoomStory, SLACK } from './room-story.ts';

export interface SeededFile {
  readonly id: string;
  readonly bytes: Buffer;
}

const POOL_WAIT = `time      pool  in use  waiting  pool_wait
03:05:10    40      22        0       0.0s
03:06:10    40      39        4       0.3s
03:07:10    40      40       61       1.9s
03:08:10    40      40      212       4.2s
03:09:10    40      40      388       9.1s
`;

/** How long it has been going on. */
const MINUTES = 37;

/** A SEV1 that is being worked on now: led, told of, pinned, half repaired. */
export function liveIncident(
  id: string,
  reference: string,
  people: readonly ActorFact[],
  now: Date,
): { story: RoomStory; files: SeededFile[] } {
  const [ana, bo, cy, dee, emil, farah] = people as [ActorFact, ActorFact, ActorFact, ActorFact, ActorFact, ActorFact];
  const amir = people.at(-14) as ActorFact;
  const slack = { via: SLACK };
  const story = new RoomStory(id, reference, new Date(now.getTime() - MINUTES * 60_000));

  story.declared(ana, { title: 'Checkout fails for every fourth customer', severity: 'SEV2', kind: 'standard' }, SLACK);
  story.after(0.7).posted(ana, 'p99 of checkout is at 9 s, and 24 % of orders end with an error. It began a few minutes ago.', slack);
  story.after(0.8).posted(bo, 'Joining. Deploy 8131 of checkout went out at that time, I look at what is in it.', slack);
  story.after(0.3).entry(ana, 'Deploy 8131 of checkout went out to all regions', 7);
  story.after(0.9).lead(ana, ana);
  const support = story
    .after(1.1)
    .posted(amir, 'Support has 61 tickets, all "payment could not be completed". What may we tell people?', slack);
  story.after(0.4).reacted(bo, support, 'eyes', SLACK);
  story.after(0.8).severity(ana, 'SEV1', 'A quarter of all orders is lost, in every region');
  story
    .after(0.9)
    .posted(ana, 'Tell them that we know, that nobody is charged for an order that failed, and that we say more within twenty minutes.', {
      replyTo: support,
    });
  story.after(1.2).posted(cy, 'Database is fine: CPU 31 %, no locks. It is us, waiting for connections.', slack);
  const sum = createHash('sha256').update(POOL_WAIT).digest('hex');
  const fileId = uuidFor(id, 'file', 'pool-wait.txt');
  const pool = story.after(1.4).posted(bo, 'The pool of shard 7 is used up: `pool_wait 9.1s`, 388 requests in the queue. Log is attached.');
  story
    .after(0.1)
    .file(bo, { fileId, name: 'pool-wait.txt', mediaType: 'text/plain', size: Buffer.byteLength(POOL_WAIT), sha256: sum, messageId: pool });
  story.after(0.5).pinned(ana, pool);
  story.after(0.3).reacted(cy, pool, '+1', SLACK);
  story.after(0.1).reacted(dee, pool, '+1', SLACK);
  story.after(1.5).status(ana, 'identified');
  story
    .after(0.4)
    .summarised(
      ana,
      'Since deploy 8131 each order holds its connection while it waits for the fraud check. The pool of shard 7 is used up; orders there time out.',
    );
  story.after(1.2).posted(dee, `@${bo.name} does the old build still have its images? Then we roll back instead of repairing forward.`, {
    to: [bo],
    ...slack,
  });
  story.after(0.8).posted(bo, 'It has. Rolling back `checkout` to 8130, one region after the other, **eu-north first**.');
  story.after(0.3).status(bo, 'fixing');
  story
    .after(0.6)
    .update(
      ana,
      'A quarter of all orders fails since deploy 8131. We roll it back, one region after the other. Nobody is charged for an order that failed.',
      20,
    );
  const north = story.after(4.5).posted(bo, 'eu-north is on 8130. Errors there went from 24 % to 0.3 % within a minute.');
  story.after(0.2).pinned(ana, north);
  for (const who of [ana, cy, amir]) story.after(0.2).reacted(who, north, 'tada', SLACK);
  story.after(1.3).posted(farah, 'us-east next? That is where most orders are now.', slack);
  const order = story.after(0.7).posted(bo, 'us-east, then eu-west, then ap-suth. Ten minutes in all.');
  story.after(0.3).edited(bo, order, 'us-east, then eu-west, then ap-south. Ten minutes in all.');
  story.after(3.4).posted(emil, 'us-east is through. 140 requests still wait in eu-west, falling.', slack);
  story.after(1.9).posted(amir, 'New tickets have stopped in Europe. 212 in all so far, we answer them with your sentence.', slack);
  story.after(1.6).posted(cy, 'I go through the orders that failed since then and mark those whose payment was only reserved.', slack);
  story
    .after(2.1)
    .posted(
      ana,
      `Good. @${dee.name} please write the update for everybody: what it was, that it is nearly over, next one at a quarter past.`,
      { to: [dee] },
    );
  story.after(0.3).role(ana, dee, 'comms', 'Communications');
  story.after(0.6).posted(dee, 'On it.', slack);
  story
    .after(1.6)
    .update(dee, 'Two of four regions are back and new tickets have stopped in Europe. The rest follows within ten minutes.', 20);
  story.after(1.4).posted(bo, 'eu-west at 60 %, ap-south is waiting for it.');
  return { story, files: [{ id: fileId, bytes: Buffer.from(POOL_WAIT) }] };
}

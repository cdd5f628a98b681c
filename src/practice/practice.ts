import type { PracticeView } from '#libs/war-room-protocol/practice';
import { uuidv7 } from 'uuidv7';
import type { LostGesture, PretendChat } from '#src/platform/chats/plugins';
import type { Log } from '#src/platform/logging/logging';
import { WEB } from '#src/people/people.types';
import type { Messages } from '#src/rooms/messages.service';
import type { PracticeStore } from './practice-store.ts';
import type { ChatBeside } from './chat-beside.ts';
import type { Step, Wanted, WantedBeside } from './practice.types.ts';
import { exchange } from './exchange.ts';
import { wordsFor } from './practice-words.ts';
import { BESIDE_MEANWHILE, BESIDE_PROMPTED, HERE_MEANWHILE, type Line, OPENING, PROMPTED, TITLE, WHILE_SILENT } from './script.ts';

/** How long a break may wait to be noticed before it is brought back all the same. */
const PATIENCE_MS = 20_000;
/** Colleagues write at the speed of people in a hurry, not all at once. */
const LINE_EVERY_MS = 700;

/**
 * One person's practice: a pretend chat, a drill that a colleague declares in it, and three buttons. Other pretend chats stand
 * beside it.
 *
 *   starting → talk → break → broken → returning → done (and from there break again)
 *
 * Everything between the pretend chat and the room is the production path; only the chat is pretend, and time runs faster.
 */
export class Practice {
  private step: Step = 'starting';
  private incident: { id: string; reference: string } | null = null;
  private room: string | null = null;
  private prompted = 0;
  private lostBefore = 0;
  private brokenAt = 0;
  private nextLineAt = 0;
  private wantsBack = false;
  private readonly meanwhile = { inChat: 0, here: 0, beside: 0, pressed: false };
  private exchanged: PracticeView['exchanged'] = null;

  constructor(
    readonly id: string,
    private readonly owner: string,
    private readonly instance: string,
    private readonly chat: PretendChat,
    private readonly beside: readonly ChatBeside[],
    private readonly store: PracticeStore,
    private readonly messages: Messages,
    private readonly timings: PracticeView['timings'],
    private readonly log: Log,
  ) {}

  /** Goes on by one small step. Called again and again by the host; never waits long. */
  async tick(now: number): Promise<void> {
    const wanted = await this.store.takeWanted(this.id);
    if (wanted) await this.obey(wanted, now);
    if (this.step === 'starting') await this.start();
    if (this.step !== 'starting' && this.incident) for (const chat of this.beside) await chat.begin(this.incident.id);
    if (this.step === 'broken') await this.goOnBroken(now);
    if (this.step === 'returning') await this.compareWhenMerged();
    await this.store.show(this.id, await this.view());
  }

  async close(): Promise<void> {
    this.step = 'ended';
    await this.store.show(this.id, await this.view());
    await Promise.all([this.chat, ...this.beside].map((chat) => chat.close()));
  }

  private async start(): Promise<void> {
    this.incident = await this.store.incidentOf(this.instance);
    if (!this.incident) {
      // The app may still be loading this chat: a command that it did not hear is written again, as a person would.
      await this.chat.command('mia', this.chat.lobby, TITLE);
      return;
    }
    this.room = await this.store.roomOf(this.incident.id, this.instance);
    if (!this.room) return;
    await this.store.letIn(this.id, this.owner, this.incident.id);
    for (const person of ['bo', 'you'] as const) await this.chat.join(person, this.room);
    for (const { who, text } of OPENING) await this.chat.say(who, this.room, text);
    this.step = 'talk';
  }

  private async obey(asked: Wanted | WantedBeside, now: number): Promise<void> {
    const [wanted, which] = asked.split(' ');
    const beside = which === undefined ? undefined : this.beside.find(({ id }) => id === which);
    if (which !== undefined) return wanted === 'break' ? beside?.break() : beside?.bringBack();
    if (wanted === 'say-something') await this.saySomething();
    if (wanted === 'break') this.break(now);
    if (wanted === 'bring-back') this.wantsBack = true;
  }

  private async saySomething(): Promise<void> {
    const lines = PROMPTED[this.prompted++ % PROMPTED.length];
    if (!lines || !this.room) return;
    await this.chat.say(lines.inChat.who, this.room, lines.inChat.text);
    await this.sayHere(lines.here);
    await this.sayBeside(BESIDE_PROMPTED[(this.prompted - 1) % BESIDE_PROMPTED.length]);
    if (this.step === 'talk') this.step = 'break';
  }

  private break(now: number): void {
    this.lostBefore = this.chat.lost().length;
    this.chat.breakEvents();
    Object.assign(this.meanwhile, { inChat: 0, here: 0, beside: 0, pressed: false });
    this.brokenAt = now;
    this.wantsBack = false;
    this.exchanged = null;
    this.step = 'broken';
  }

  private async goOnBroken(now: number): Promise<void> {
    if (now >= this.nextLineAt) {
      this.nextLineAt = now + LINE_EVERY_MS;
      await this.nextLine();
    }
    const noticed = (await this.store.healthOf(this.instance)) === 'down';
    const said = this.meanwhile.inChat >= WHILE_SILENT.length && this.meanwhile.here >= HERE_MEANWHILE.length && this.meanwhile.pressed;
    if (!this.wantsBack || !((noticed && said) || now - this.brokenAt > PATIENCE_MS)) return;
    this.chat.heal();
    this.step = 'returning';
  }

  private async nextLine(): Promise<void> {
    if (!this.room) return;
    const inChat = WHILE_SILENT[this.meanwhile.inChat++];
    if (inChat) await this.chat.say(inChat.who, this.room, inChat.text);
    const here = HERE_MEANWHILE[this.meanwhile.here];
    // The war room goes on once it knows that the chat is down: that is when its posts begin to wait.
    if (here && (await this.store.healthOf(this.instance)) === 'down') {
      this.meanwhile.here++;
      await this.sayHere(here);
      await this.sayBeside(BESIDE_MEANWHILE[this.meanwhile.beside++]);
    }
    if (!this.meanwhile.pressed && this.meanwhile.inChat >= 2) {
      this.meanwhile.pressed = true;
      await this.chat.press('bo', this.room);
    }
  }

  private async compareWhenMerged(): Promise<void> {
    if (!this.incident || !this.room || !(await this.store.isMerged(this.incident.id, this.instance, new Date(this.brokenAt)))) return;
    const here = { instance: this.instance, room: this.room };
    this.exchanged = await exchange(
      this.store.database,
      this.chat,
      this.incident.id,
      here,
      this.lostGestures(),
      this.beside.map(({ name }) => name),
    );
    this.log.info({ practice: this.id, ...this.exchanged }, 'practice merged');
    this.step = 'done';
  }

  private lostGestures(): readonly LostGesture[] {
    return this.chat.lost().slice(this.lostBefore);
  }

  private async sayHere(text: string): Promise<void> {
    if (!this.incident) return;
    const colleague = await this.store.colleague(this.instance, 'Dee Okafor');
    await this.messages.post({ incidentId: this.incident.id, id: uuidv7(), text, by: { person: colleague, via: WEB } });
  }

  private async sayBeside(line: Line | undefined): Promise<void> {
    if (line) for (const chat of this.beside) await chat.say(line);
  }

  private async view(): Promise<PracticeView> {
    const health = this.step === 'starting' ? 'starting' : await this.store.healthOf(this.instance);
    return {
      id: this.id,
      incident: this.room && this.step !== 'starting' ? (this.incident?.reference ?? null) : null,
      drills: await this.store.drillsOf(this.instance),
      step: this.step,
      say: wordsFor(this.step, this.chat.name, health, this.wantsBack),
      timings: this.timings,
      chat: { name: this.chat.name, frame: `/practice/${this.id}/chat/${this.chat.page(this.room)}`, state: health },
      beside: await Promise.all(this.beside.map((chat) => chat.view(this.id))),
      exchanged: this.exchanged,
    };
  }
}

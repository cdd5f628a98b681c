import type { Form } from '@musterhq/chat-port';
import type { Gesture } from './happenings.ts';

const FRESH_MS = 3_000;

export interface ShownForm {
  readonly gesture: string;
  readonly to: string;
  readonly form: Form;
}

/** Clicks and commands, and the one form that each of them may open while it is fresh. */
export class Gestures {
  private readonly made = new Map<string, Gesture>();
  /** Forms on people's screens, oldest first. */
  readonly shown: ShownForm[] = [];

  constructor(private readonly now: () => number) {}

  make(by: string): Gesture {
    const gesture: Gesture = { gesture: `G${this.made.size + 1}`, by, expiresAt: this.now() + FRESH_MS };
    this.made.set(gesture.gesture, gesture);
    return gesture;
  }

  /** False when the gesture is not fresh, is unknown, or has opened a form before. */
  open(id: string, form: Form): boolean {
    const gesture = this.made.get(id);
    if (!gesture || gesture.expiresAt < this.now() || this.shown.some((s) => s.gesture === id)) return false;
    this.shown.push({ gesture: id, to: gesture.by, form });
    return true;
  }
}

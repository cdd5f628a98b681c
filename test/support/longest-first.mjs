import Sequencer from '@jest/test-sequencer';

const LONGEST_FIRST = ['browser', 'processes', 'integration', 'adapters', 'unit'];

/** A long file that begins last would leave the other worker idle, and on a new machine nobody knows yet how long each takes. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ context }) => LONGEST_FIRST.indexOf(context.config.displayName?.name);
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
}

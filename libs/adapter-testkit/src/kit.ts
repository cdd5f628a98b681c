import { makeContext } from './context.ts';
import { receive, serve } from './front-door.ts';
import type { Kit } from './harness.ts';
import { RecordingInlet } from './inlet.ts';

/** A fresh kit; one for each harness. */
export function makeKit(): Kit {
  const inlet = new RecordingInlet();
  const secrets: string[] = [];
  let again: Kit['again'] = () => Promise.reject(new Error('The harness creates its adapter by itself. It has to use kit.create.'));
  return {
    inlet,
    secrets,
    create(plugin, o) {
      secrets.push(...Object.values(o?.secrets ?? {}));
      again = () => plugin.create(makeContext(o));
      return again();
    },
    again: () => again(),
    receive: (adapter, request) => receive(adapter, inlet, request),
    serve: (adapter, now = Date.now) => serve(adapter, inlet, now),
  };
}

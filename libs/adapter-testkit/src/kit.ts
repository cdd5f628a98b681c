import { makeContext } from './context.ts';
import { receive, serve } from './front-door.ts';
import type { Kit } from './harness.ts';
import { RecordingInlet } from './inlet.ts';

/** A fresh kit; one for each harness. */
export function makeKit(): Kit {
  const inlet = new RecordingInlet();
  const secrets: string[] = [];
  return {
    inlet,
    secrets,
    create(plugin, o) {
      secrets.push(...Object.values(o?.secrets ?? {}));
      return plugin.create(makeContext(o));
    },
    receive: (adapter, request) => receive(adapter, inlet, request),
    serve: (adapter, now = Date.now) => serve(adapter, inlet, now),
  };
}

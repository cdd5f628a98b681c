import { makeContext } from './context.ts';
import { receive, serve } from './front-door.ts';
import type { Kit } from './harness.ts';
import { RecordingInlet } from './inlet.ts';

/** A fresh kit; one for each harness. */
export function makeKit(): Kit {
  const inlet = new RecordingInlet();
  return {
    inlet,
    create: (plugin, o) => plugin.create(makeContext(o)),
    receive: (adapter, request) => receive(adapter, inlet, request),
    serve: (adapter, now = Date.now) => serve(adapter, inlet, now),
  };
}

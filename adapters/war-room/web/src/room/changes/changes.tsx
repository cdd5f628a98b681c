import type { Me } from '#libs/war-room-protocol/views';
import { mayHere } from '../../store/may-here.ts';
import type { RoomState } from '../../store/room-state.ts';
import type { Wish } from '../../store/room-store.ts';
import { AboutDialog } from './about-dialog.tsx';
import type { Outcome } from './change-form.tsx';
import { PeopleDialog } from './people-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { SeverityDialog } from './severity-dialog.tsx';
import { StatusDialog } from './status-dialog.tsx';
import { TriageDialog } from './triage-dialog.tsx';
import { UpdateDialog } from './update-dialog.tsx';

export type Change = `role:${string}` | 'severity' | 'status' | 'resolve' | 'about' | 'triage' | 'update' | 'people';

export interface ChangesProps {
  readonly change: Change;
  readonly room: RoomState;
  readonly me: Me;
  readonly onSend: (wish: Wish) => void;
  /** The same for what may well be refused: a name, or a number. */
  readonly onAsk: (wish: Wish) => Outcome;
  readonly onClose: () => void;
}

/** The dialog for the fact that was pressed. */
export function Changes({ change, room, me, onSend, onAsk, onClose }: ChangesProps) {
  const done = (wish: Wish): void => {
    onSend(wish);
    onClose();
  };
  const asked = async (wish: Wish): Outcome => {
    const why = await onAsk(wish);
    if (why === null) onClose();
    return why;
  };
  switch (change) {
    case 'severity':
      return <SeverityDialog now={room.incident.severity} onDone={done} onClose={onClose} />;
    case 'status':
      return <StatusDialog now={room.incident.status} onDone={done} onClose={onClose} />;
    case 'about':
      return (
        <AboutDialog incident={room.incident} mayHide={mayHere(me, room.incident, 'incident.privacy')} onSend={onSend} onClose={onClose} />
      );
    case 'triage':
      return <TriageDialog onDone={asked} onClose={onClose} />;
    case 'update':
      return <UpdateDialog incident={room.incident} onDone={done} onClose={onClose} />;
    case 'people':
      return (
        <PeopleDialog
          incident={room.incident}
          people={room.people}
          me={me.person}
          forOthers={mayHere(me, room.incident, 'participant.add')}
          knowsTeams={me.may.includes('team.see')}
          onDone={asked}
          onClose={onClose}
        />
      );
    case 'resolve':
      return <ResolveDialog number={room.incident.number} onDone={done} onClose={onClose} />;
    default: {
      const role = room.roles.find(({ key }) => change === `role:${key}`);
      return (
        role && (
          <RoleDialog
            role={role}
            people={room.people}
            me={me.person}
            mayAssign={mayHere(me, room.incident, 'role.assign')}
            onDone={done}
            onClose={onClose}
          />
        )
      );
    }
  }
}

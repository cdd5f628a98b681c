import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { api } from '../api/api.ts';
import { Refused } from '../api/errors.ts';
import { leaveDraft } from '../room/composer/use-draft.ts';
import { severityChoices } from '../severity/severity-choices.tsx';
import { shelf } from '../store/device.ts';
import { newId } from '../store/new-id.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { ChoiceField } from '../ui/choice-field.tsx';
import { TextField } from '../ui/fields.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { changedDraft, dropDraft, keepDraft, openDraft, requestOf, type DeclareDraft, type DraftChange } from './declare-draft.ts';
import { DeclareMore } from './declare-more.tsx';
import styles from './declare-dialog.module.css';
import { SimilarIncidents } from './similar-incidents.tsx';

const WHO_EVERY_MS = 60_000;
const GOING_ON_EVERY_MS = 15_000;

/** Three fields, one of them required, and a fold with what few need. Closing keeps what was typed; declaring goes to the room. */
export function DeclareDialog({ onClose }: { readonly onClose: () => void }) {
  const [, go] = useLocation();
  const [me] = useLoaded(api.me, WHO_EVERY_MS);
  const [goingOn] = useLoaded(api.goingOn, GOING_ON_EVERY_MS);
  const [draft, setDraft] = useState(() => openDraft(shelf));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  function change(part: DraftChange): void {
    keep(changedDraft(draft, part));
  }

  function keep(next: DeclareDraft): void {
    setDraft(next);
    keepDraft(shelf, next);
  }

  async function declare(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (draft.title.trim() === '' || busy) return;
    setBusy(true);
    setTrouble(null);
    keep({ ...draft, asked: true });
    try {
      const incident = await api.declare(requestOf(draft), draft.key);
      dropDraft(shelf);
      onClose();
      go(`/i/${incident.number}`);
    } catch (error) {
      setTrouble(
        error instanceof Refused
          ? error.message
          : 'Muster did not answer, so it is not known whether the incident was declared. Declare again: it happens once at most.',
      );
      setBusy(false);
    }
  }

  /** What was written so far goes along, into the message box of the room. */
  async function join(incident: IncidentView): Promise<void> {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      await api.command(incident.number, { id: newId(), type: 'join', body: {} });
      const room = `/i/${incident.number}`;
      const words = [draft.title, draft.summary].filter((part) => part.trim() !== '').join('\n');
      if (location.pathname !== room && me.name === 'here' && leaveDraft(`${me.value.person.id}.${incident.id}`, words)) dropDraft(shelf);
      onClose();
      go(room);
    } catch (error) {
      setTrouble(error instanceof Refused ? error.message : `Muster did not answer. Press "Join that one" again: it does no harm.`);
      setBusy(false);
    }
  }

  return (
    <Dialog title="Declare an incident" onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void declare(event)}>
        <TextField
          label="What is broken?"
          required="Say in a few words what is broken. It becomes the room's title and can be wrong."
          value={draft.title}
          onChange={(title) => change({ title })}
          maxLength={limits.titleChars}
          autoFocus
        />
        {goingOn.name === 'here' && (
          <SimilarIncidents title={draft.title} open={goingOn.value.incidents} onJoin={(incident) => void join(incident)} />
        )}
        <ChoiceField label="Severity" choices={severityChoices} value={draft.severity} onChange={(severity) => change({ severity })} />
        <TextField
          label="Summary"
          help="What you know so far. May be left empty."
          value={draft.summary}
          onChange={(summary) => change({ summary })}
          maxLength={limits.summaryChars}
          lines={3}
        />
        <DeclareMore draft={draft} onChange={change} />
        {me.name === 'here' && me.value.role === 'guest' && (
          <p role="status">
            You only practise here, and what you declare would be real. <a href="/sign-in">Sign in</a> first.
          </p>
        )}
        {trouble !== null && (
          <p role="alert" className={styles.trouble}>
            {trouble}
          </p>
        )}
        <DialogActions>
          <Button type="submit" look="primary">
            Declare
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

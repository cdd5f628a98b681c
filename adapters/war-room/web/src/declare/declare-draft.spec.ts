import { deviceShelf } from '../store/shelf.ts';
import { changedDraft, dropDraft, keepDraft, openDraft, requestOf } from './declare-draft.ts';

describe('Declaring', () => {
  it('keeps what was typed when the dialog is closed, under a new key', () => {
    const shelf = deviceShelf(undefined);
    const typed = changedDraft(openDraft(shelf), { title: 'Search is slow' });
    keepDraft(shelf, typed);

    const again = openDraft(shelf);

    expect(again.title).toBe('Search is slow');
    expect(again.key).not.toBe(typed.key);
  });

  it('keeps the key of what may already have arrived, so that it is declared once', () => {
    const shelf = deviceShelf(undefined);
    const asked = { ...changedDraft(openDraft(shelf), { title: 'Search is slow' }), asked: true };
    keepDraft(shelf, asked);

    expect(openDraft(shelf).key).toBe(asked.key);
  });

  it('takes other words for another request', () => {
    const asked = { ...openDraft(deviceShelf(undefined)), asked: true };

    const changed = changedDraft(asked, { title: 'Something else' });

    expect(changed.key).not.toBe(asked.key);
    expect(changed.asked).toBe(false);
  });

  it('asks for what was chosen, and says nothing of what is as usual', () => {
    const usual = changedDraft(openDraft(deviceShelf(undefined)), { title: ' Search is slow ' });
    const other = changedDraft(usual, { kind: 'near_miss', private: true, triage: true });

    expect(requestOf(usual)).toEqual({ title: 'Search is slow', severity: 'SEV3' });
    expect(requestOf(other)).toMatchObject({ kind: 'near_miss', private: true, triage: true });
  });

  it('opens what was typed before there was more to choose', () => {
    const shelf = deviceShelf(undefined);
    shelf.write('muster.declare', { title: 'Search is slow', severity: 'SEV2', summary: '', key: 'k', asked: true });

    expect(openDraft(shelf)).toMatchObject({ title: 'Search is slow', severity: 'SEV2', kind: 'standard', private: false, key: 'k' });
  });

  it('starts empty after declaring', () => {
    const shelf = deviceShelf(undefined);
    keepDraft(shelf, changedDraft(openDraft(shelf), { title: 'Search is slow' }));

    dropDraft(shelf);

    expect(openDraft(shelf)).toMatchObject({ title: '', severity: 'SEV3', summary: '' });
  });
});

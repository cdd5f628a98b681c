import { deviceShelf } from '../store/shelf.ts';
import { changedDraft, dropDraft, keepDraft, openDraft } from './declare-draft.ts';

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

  it('starts empty after declaring', () => {
    const shelf = deviceShelf(undefined);
    keepDraft(shelf, changedDraft(openDraft(shelf), { title: 'Search is slow' }));

    dropDraft(shelf);

    expect(openDraft(shelf)).toMatchObject({ title: '', severity: 'SEV3', summary: '' });
  });
});

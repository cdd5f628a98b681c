/** What comes when a room has files, or somebody is about to add one: one part, loaded once. */
export { Attach } from './attach.tsx';
export { MessageFiles } from './message-files.tsx';
export { FileRow } from './file-row.tsx';

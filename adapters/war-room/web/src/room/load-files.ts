import { type ComponentType, lazy, type ReactNode } from 'react';
import type { AttachProps } from './files/attach.tsx';
import type { FileRowProps } from './files/file-row.tsx';

/** If it never comes, the room goes on with what it has. */
const instead = () => ({ default: ({ line }: { readonly line?: ReactNode; readonly incidentId?: string }) => line });

export const FileRow = lazy<ComponentType<FileRowProps>>(() =>
  import('./files/files.ts').then((module) => ({ default: module.FileRow }), instead),
);
export const Attach = lazy<ComponentType<AttachProps>>(() =>
  import('./files/files.ts').then((module) => ({ default: module.Attach }), instead),
);

import { problem } from '#libs/war-room-protocol/views';

export interface ToUpload {
  readonly id: string;
  readonly file: File;
  readonly alt: string;
}

/** Sends one file. Sent again under the same id it is the same file. Fetch does not say how far an upload is; this does. */
export function upload(incidentId: string, { id, file, alt }: ToUpload, onSent: (share: number) => void): Promise<void> {
  const given = new URLSearchParams({ id, name: file.name, alt: alt.trim() });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/incidents/${incidentId}/files?${given.toString()}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) resolve();
      else reject(new Error(detailOf(request) ?? `Muster refused it (${request.status}) and did not say why. Send it again.`));
    };
    request.onerror = () => reject(new Error('Muster did not answer. Send it again when the connection is back.'));
    request.send(file);
  });
}

function detailOf(request: XMLHttpRequest): string | undefined {
  try {
    return problem.safeParse(JSON.parse(request.responseText)).data?.detail;
  } catch {
    return undefined;
  }
}

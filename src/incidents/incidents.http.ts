import { mapErrors } from '#src/platform/http/problems';
import * as errors from './incidents.errors.ts';

/** How HTTP calls it when incidents say no. */
export function mapIncidentErrors(): void {
  mapErrors(404, errors.IncidentNotFound);
  mapErrors(
    400,
    errors.TitleNotUsable,
    errors.TooLong,
    errors.UnknownSeverity,
    errors.UnknownKind,
    errors.UnknownStatus,
    errors.SentenceMissing,
    errors.PersonUnknown,
    errors.PersonAmbiguous,
    errors.TeamUnknown,
    errors.TeamEmpty,
    errors.TeamOrPerson,
    errors.ReasonMissing,
    errors.StatusNotUsable,
    errors.RoleUnknown,
    errors.RoleNotUsable,
  );
  mapErrors(
    409,
    errors.KeyReused,
    errors.RequestIdReused,
    errors.TransitionRefused,
    errors.IncidentResolved,
    errors.NotPrivate,
    errors.LastToSeeIt,
    errors.KindRefused,
    errors.MergeRefused,
    errors.StatusInUse,
    errors.StatusTableNotUsable,
  );
}

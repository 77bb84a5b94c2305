import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { Observable } from 'rxjs';
import type { AuditPageView } from '#dto';

/** Records of a page that is asked for. */
export const PAGE_SIZE = 200;

/** Query of the audit routes, without what pages or resumes. */
export type AuditQuery = Readonly<Record<string, string>>;

/** The REST interface of the audit log, for admins. Reads fail with `HttpErrorResponse`. */
@Service()
export class AuditApi {
  private readonly http = inject(HttpClient);

  /** @param before `seq` that all records of the page are older than; null: the newest page */
  page(
    query: AuditQuery,
    before: number | null,
    limit: number = PAGE_SIZE,
  ): Observable<AuditPageView> {
    const from: AuditQuery = before === null ? {} : { before: String(before) };
    return this.http.get<AuditPageView>('api/audit', {
      params: { ...query, ...from, limit: String(limit) },
    });
  }
}

export const EXPORT_FORMATS = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Address of a download of all that matches. */
export function exportUrl(format: ExportFormat, query: AuditQuery): string {
  return `api/audit/export?${new URLSearchParams({ format, ...query }).toString()}`;
}

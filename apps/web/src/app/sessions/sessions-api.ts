import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { SessionId, SessionView, SessionsView } from '#dto';

/** The REST interface of sessions. Writes reject with `HttpErrorResponse`. */
@Service()
export class SessionsApi {
  private readonly http = inject(HttpClient);

  /** The list, loaded anew by `reload()`; call it where something can be injected. */
  list() {
    return httpResource<SessionsView>(() => 'api/sessions');
  }

  create(name: string): Promise<SessionView> {
    return firstValueFrom(this.http.post<SessionView>('api/sessions', { name }));
  }

  async rename(id: SessionId, name: string): Promise<void> {
    await firstValueFrom(this.http.patch(url(id), { name }));
  }

  async kill(id: SessionId): Promise<void> {
    await firstValueFrom(this.http.delete(url(id)));
  }
}

function url(id: SessionId): string {
  return `api/sessions/${encodeURIComponent(id)}`;
}

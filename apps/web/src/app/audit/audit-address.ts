import { computed, inject, Service } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type { Params } from '@angular/router';
import { filterCount, filtersFromUrl, filtersToUrl } from './filters';
import type { AuditFilters } from './filters';

/** What is looked at, kept in the page's address, so that a view can be sent to somebody. */
@Service({ autoProvided: false })
export class AuditAddress {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly params = toSignal<Params, Params>(this.route.queryParams, { initialValue: {} });

  readonly filters = computed(() => filtersFromUrl(this.params()));
  readonly isFiltered = computed(() => {
    const filters = this.filters();
    return filterCount(filters) > 0 || filters.q !== '';
  });
  /** New records cannot come before a time that is over. */
  readonly canFollow = computed(() => this.filters().until === '');
  readonly isFollowing = computed(() => this.canFollow() && this.params()['live'] !== '0');

  setFilters(filters: AuditFilters): void {
    this.navigate(filtersToUrl(filters));
  }

  setFollowing(isWanted: boolean): void {
    this.navigate({ live: isWanted ? null : '0' });
  }

  private navigate(queryParams: Params): void {
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams,
      queryParamsHandling: 'merge',
    });
  }
}

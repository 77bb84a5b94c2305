import {
  Component,
  computed,
  effect,
  inject,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { AccountApi } from '../account/account-api';
import { IdentityMenu } from '../account/identity-menu';
import { Brand } from '../ui/brand';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon';
import { PlainTitle } from '../ui/title-text';
import { visibleText } from '../ui/visible-text';
import { AuditAddress } from './audit-address';
import { exportUrl } from './audit-api';
import { AuditDetails } from './audit-details';
import { leavesField, listWish } from './audit-keys';
import { AuditList } from './audit-list';
import { AuditRecords, HELD_MAX } from './audit-records';
import { FilterBar } from './filter-bar';
import { filtersToQuery, mayPartPairs, NO_FILTERS } from './filters';
import type { AuditFilters } from './filters';
import { foldTyping } from './fold-typing';
import { namesIn } from './names-in';
import { toRows } from './rows';
import type { AuditRow } from './rows';
import { StatusLine } from './status-line';

const LIVE_TEXTS = {
  off: 'Live: off',
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
} as const;

/** What everybody did, for those who answer for it: search, follow, look closely, take away. */
@Component({
  selector: 'app-audit',
  imports: [
    AuditDetails,
    AuditList,
    Brand,
    FilterBar,
    Icon,
    IdentityMenu,
    PlainTitle,
    RouterLink,
    StatusLine,
  ],
  providers: [AuditAddress, AuditRecords],
  host: { '(document:keydown)': 'takeKey($event)' },
  templateUrl: './audit.html',
  styleUrl: './audit.css',
})
export class Audit {
  protected readonly records = inject(AuditRecords);
  protected readonly address = inject(AuditAddress);
  private readonly identity = inject(AccountApi).me();

  private readonly list = viewChild(AuditList);
  private readonly bar = viewChild(FilterBar);
  private readonly details = viewChild(AuditDetails);

  private readonly isScrolled = signal(false);

  protected readonly now = signal(Date.now());
  protected readonly me = computed(() => (this.identity.hasValue() ? this.identity.value() : null));
  protected readonly meProblem = computed(() => {
    const error = this.identity.error();
    return error === undefined ? null : errorText(error);
  });
  protected readonly isForbidden = computed(() => {
    const me = this.me();
    return (me !== null && me.role !== 'admin') || this.records.isForbidden();
  });
  protected readonly isAdmin = computed(() => this.me()?.role === 'admin' && !this.isForbidden());

  protected readonly rows = computed(() => {
    const filters = this.address.filters();
    const rows = foldTyping(toRows(this.records.records(), mayPartPairs(filters)));
    // The server knows what was allowed; that it then failed is in another record.
    return filters.verdict === 'allowed' ? rows.filter((row) => row.verdict !== 'failed') : rows;
  });
  protected readonly newRows = computed(() => {
    const held = this.records.heldRecords();
    return held === null ? null : foldTyping(toRows(held, false)).length;
  });
  protected readonly newText = computed(() => {
    const count = this.newRows();
    return count === null ? `More than ${String(HELD_MAX)} new` : `${String(count)} new`;
  });
  protected readonly liveText = computed(() => LIVE_TEXTS[this.records.live()]);
  protected readonly people = computed(() =>
    namesIn(this.records.records(), ({ actor }) => actor.name),
  );
  protected readonly sessions = computed(() =>
    namesIn(this.records.records(), ({ target }) => target?.['session']),
  );
  /** Key of the row that the keyboard is at. */
  protected readonly active = signal<number | null>(null);
  private readonly isOpen = signal(false);
  /** The row whose details are shown; it stays when the list goes on without it. */
  protected readonly opened = linkedSignal<AuditRow | null, AuditRow | null>({
    source: () => {
      const key = this.isOpen() ? this.active() : null;
      return key === null ? null : (this.rows().find((row) => row.key === key) ?? null);
    },
    computation: (row, previous) => (this.isOpen() ? (row ?? previous?.value ?? null) : null),
  });

  constructor() {
    effect(() => {
      const filters = this.address.filters();
      const isFollowing = this.address.isFollowing();
      if (!this.isAdmin()) return;
      untracked(() => {
        this.load(filters, isFollowing);
      });
    });
    effect(() => {
      this.records.setReading(this.isScrolled() || this.opened() !== null);
    });
  }

  protected shown(text: string): string {
    return visibleText(text, 500);
  }

  protected reload(): void {
    this.load(this.address.filters(), this.address.isFollowing());
  }

  protected exportUrl(format: 'jsonl' | 'csv'): string {
    return exportUrl(format, filtersToQuery(this.address.filters(), this.now()));
  }

  protected setFilters(filters: AuditFilters): void {
    this.close();
    this.address.setFilters(filters);
  }

  protected filter(some: Partial<AuditFilters>): void {
    this.setFilters({ ...this.address.filters(), ...some });
  }

  protected clearFilters(): void {
    this.setFilters(NO_FILTERS);
  }

  protected showNew(): void {
    this.list()?.showNewest();
    this.records.showNew();
    this.list()?.focus();
  }

  protected open(row: AuditRow): void {
    this.active.set(row.key);
    this.isOpen.set(true);
    // It is there after the next rendering.
    setTimeout(() => this.details()?.focus());
  }

  protected close(): void {
    if (!this.isOpen()) return;
    this.isOpen.set(false);
    this.list()?.focus();
  }

  protected setScrolled(isScrolled: boolean): void {
    this.isScrolled.set(isScrolled);
  }

  /** Moves the active row by so many; the details follow. */
  protected move(by: number): void {
    const rows = this.rows();
    if (rows.length === 0) return;
    // Before the first while there is none.
    const from = rows.findIndex(({ key }) => key === this.active());
    const to = Math.min(rows.length - 1, Math.max(0, from + by));
    this.active.set(rows[to]?.key ?? null);
    this.list()?.show(to);
    if (!this.isOpen()) this.list()?.focus();
    if (to === rows.length - 1) this.records.more();
  }

  protected takeKey(event: KeyboardEvent): void {
    if (leavesField(event)) {
      this.list()?.focus();
      return;
    }
    const wish = listWish(event);
    const list = this.list();
    if (wish === null || list === undefined) return;
    if (wish.kind === 'close' && !this.isOpen()) return;
    event.preventDefault();
    switch (wish.kind) {
      case 'move':
        this.move(wish.to * { row: 1, page: list.pageRows(), all: Infinity }[wish.by]);
        break;
      case 'search':
        this.bar()?.focusSearch();
        break;
      case 'close':
        this.close();
        break;
      case 'open': {
        const row = this.rows().find(({ key }) => key === this.active());
        if (row !== undefined) this.open(row);
      }
    }
  }

  private load(filters: AuditFilters, isFollowing: boolean): void {
    this.now.set(Date.now());
    this.list()?.showNewest();
    this.records.open(filtersToQuery(filters, this.now()), isFollowing);
  }
}

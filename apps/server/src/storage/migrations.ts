import { Migration } from '@mikro-orm/migrations';

/** Users, access tokens, sign-ins and the revision. Words that SQLite and PostgreSQL read alike. */
class Initial extends Migration {
  override up(): void {
    this.addSql(`create table tmuxy_user (
      id varchar(24) primary key,
      name varchar(64) not null unique,
      password_hash text null,
      role varchar(16) not null,
      read_only boolean not null,
      sessions text null,
      is_disabled boolean not null,
      created_at bigint not null
    )`);
    this.addSql(`create table tmuxy_access_token (
      id varchar(24) primary key,
      digest varchar(64) not null unique,
      account varchar(300) not null,
      name varchar(64) not null,
      role varchar(16) not null,
      read_only boolean not null,
      sessions text null,
      created_at bigint not null,
      expires_at bigint null,
      last_used_at bigint null
    )`);
    this.addSql('create index tmuxy_access_token_account on tmuxy_access_token (account)');
    this.addSql(`create table tmuxy_sign_in (
      id varchar(24) primary key,
      digest varchar(64) not null unique,
      account varchar(300) not null,
      name varchar(256) not null,
      role varchar(16) not null,
      read_only boolean not null,
      sessions text not null,
      method varchar(16) not null,
      address varchar(64) not null,
      user_agent text not null,
      created_at bigint not null,
      last_active_at bigint not null
    )`);
    this.addSql('create index tmuxy_sign_in_account on tmuxy_sign_in (account)');
    this.addSql('create table tmuxy_revision (id integer primary key, value bigint not null)');
    this.addSql('insert into tmuxy_revision (id, value) values (1, 1)');
  }
}

/** Every migration in the order in which they run. One that was released is never changed. */
export const MIGRATIONS = [{ name: '0001-initial', class: Initial }] as const;

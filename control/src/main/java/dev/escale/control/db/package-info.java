/**
 * The database, SQLite or PostgreSQL: transactions for one team at a time, migrations, ids and
 * times.
 */
@NullMarked
package dev.escale.control.db;

import org.jspecify.annotations.NullMarked;

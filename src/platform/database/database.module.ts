import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Database } from './database.ts';
import { dataSourceOptions } from './data-source.ts';
import { ServerClock } from './server-clock.ts';
import { LOG, type Log } from '#src/platform/logging/logging';

/** Global: everything that keeps something stands on it. */
@Global()
@Module({})
export class DatabaseModule {
  static at(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(url), autoLoadEntities: true })],
      providers: [
        { provide: Database, useFactory: (source: DataSource) => new Database(source), inject: [DataSource] },
        { provide: ServerClock, useFactory: (database: Database, log: Log) => new ServerClock(database, log), inject: [Database, LOG] },
      ],
      exports: [Database, ServerClock],
    };
  }
}

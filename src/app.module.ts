import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AnnouncementsModule } from '#src/announcements/announcements.module';
import { ArtifactsModule } from '#src/artifacts/artifacts.module';
import { ConversationModule } from '#src/conversation/conversation.module';
import { DrillsModule } from '#src/drills/drills.module';
import { ExportModule } from '#src/export/export.module';
import { HomeModule } from '#src/home/home.module';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { NotificationsModule } from '#src/notifications/notifications.module';
import { OperationsModule } from '#src/operations/operations.module';
import { OutageModule } from '#src/outage/outage.module';
import { PeopleModule } from '#src/people/people.module';
import { OpenApiController } from '#src/platform/http/openapi/openapi.controller';
import { HealthController } from '#src/platform/http/health.controller';
import { PlatformModule, type PlatformOptions } from '#src/platform/platform.module';
import { PracticeModule } from '#src/practice/practice.module';
import { RoomsModule } from '#src/rooms/rooms.module';
import { SearchModule } from '#src/search/search.module';
import { TeamsModule } from '#src/teams/teams.module';
import { UpdatesModule } from '#src/updates/updates.module';
import { WarRoomModule } from '#src/war-room/war-room.module';
import { WebhooksModule } from '#src/webhooks/webhooks.module';

@Module({})
export class AppModule {
  static with(options: PlatformOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DiscoveryModule,
        PlatformModule.with(options),
        PeopleModule,
        TeamsModule,
        ConversationModule,
        IncidentsModule,
        ExportModule,
        ArtifactsModule,
        RoomsModule,
        SearchModule,
        UpdatesModule,
        AnnouncementsModule,
        HomeModule,
        NotificationsModule,
        OutageModule,
        OperationsModule,
        WarRoomModule,
        WebhooksModule,
        PracticeModule,
        DrillsModule,
      ],
      controllers: [HealthController, OpenApiController],
    };
  }
}

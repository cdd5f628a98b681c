import { Module } from '@nestjs/common';
import { ConversationModule } from '#src/conversation/conversation.module';
import { tellPeople } from '#src/conversation/conversation.errors';
import { Verbs } from '#src/conversation/verbs.service';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { mapErrors } from '#src/platform/http/problems';
import { CONFIG } from '#src/platform/platform.tokens';
import { WorkIsOff } from '#src/platform/shedding/shedding.errors';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { findVerb } from './find.verbs.ts';
import { KnownWords } from './known-words.ts';
import { NearWords } from './near-words.ts';
import { SearchController } from './search.controller.ts';
import { NoSuchPlace, NothingToFind, SearchTookTooLong, TooManySearches, TooMuchToFind } from './search.errors.ts';
import { SearchQueries } from './search.queries.ts';
import { Search } from './search.service.ts';

@Module({
  imports: [ConversationModule],
  controllers: [SearchController],
  providers: [
    {
      provide: Search,
      useFactory: (verbs: Verbs, followers: FollowerRunners, config: Config, database: Database, work: Switchboard) => {
        mapErrors(400, NothingToFind, TooMuchToFind, NoSuchPlace);
        mapErrors(422, SearchTookTooLong);
        mapErrors(503, TooManySearches);
        tellPeople(NothingToFind, TooMuchToFind, SearchTookTooLong, TooManySearches, WorkIsOff);
        followers.add(new KnownWords());
        const search = new Search(new SearchQueries(new NearWords(), config.PUBLIC_URL), database, work);
        verbs.register(findVerb(search, config.PUBLIC_URL));
        return search;
      },
      inject: [Verbs, FollowerRunners, CONFIG, Database, Switchboard],
    },
  ],
})
export class SearchModule {}

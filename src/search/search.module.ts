import { Module } from '@nestjs/common';
import { ConversationModule } from '#src/conversation/conversation.module';
import { tellPeople } from '#src/conversation/conversation.errors';
import { Verbs } from '#src/conversation/verbs.service';
import type { Config } from '#src/platform/config/config.schema';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { mapErrors } from '#src/platform/http/problems';
import { CONFIG } from '#src/platform/platform.tokens';
import { findVerb } from './find.verbs.ts';
import { KnownWords } from './known-words.ts';
import { NearWords } from './near-words.ts';
import { SearchController } from './search.controller.ts';
import { NoSuchPlace, NothingToFind } from './search.errors.ts';
import { Search } from './search.queries.ts';

@Module({
  imports: [ConversationModule],
  controllers: [SearchController],
  providers: [
    {
      provide: Search,
      useFactory: (verbs: Verbs, followers: FollowerRunners, config: Config) => {
        mapErrors(400, NothingToFind, NoSuchPlace);
        tellPeople(NothingToFind);
        followers.add(new KnownWords());
        const search = new Search(new NearWords(), config.PUBLIC_URL);
        verbs.register(findVerb(search, config.PUBLIC_URL));
        return search;
      },
      inject: [Verbs, FollowerRunners, CONFIG],
    },
  ],
})
export class SearchModule {}

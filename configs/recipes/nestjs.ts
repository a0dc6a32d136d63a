import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'

/** Inject this function rather than a client: whether there is one can change from call to call. */
export const REDIS = Symbol('getRedisClient')

export class RedisModule implements OnApplicationShutdown {
  static register(): DynamicModule {
    return {
      module: RedisModule,
      providers: [{ provide: REDIS, useValue: getRedisClient }],
      exports: [REDIS],
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await closeRedisClient()
  }
}

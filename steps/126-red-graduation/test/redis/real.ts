import { inject } from 'vitest'

// What makes a client real in the tests of the seven behaviours, which do not know of it: a service in production
// finds its server like this.
process.env['NODE_ENV'] = 'production'
process.env['REDIS_URL'] = inject('redisUrl')

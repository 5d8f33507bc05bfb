/* The arm without the service in plain C: every child's levels of need, from the same memory.

   Each function is the step of the same name in model/familyflow/compiled/kernels.py, with the same
   operations in the same order, so that every row has the same bits. Compile without contraction of
   products and sums (-ffp-contract=off). The records and the names in capitals come from records.h,
   which hot_path.py writes from the record types of numpy. */

#include <math.h>
#include <stdint.h>
#include "records.h"

#define AT(kind, address, place) ((kind *)(uintptr_t)(address) + (place))

static inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

/* Luck */

static inline double uniform_of(const WORLD *world, int64_t entity, int64_t word)
{
    uint64_t c0 = (uint64_t)entity, c1 = (uint64_t)word;
    uint64_t c2 = (uint64_t)world->draw, c3 = (uint64_t)world->replication;
    uint64_t k0 = (uint64_t)world->key_0, k1 = (uint64_t)world->key_1;
    const uint64_t mask = 0xFFFFFFFF;
    for (int round = 0; round < 10; round++) {
        uint64_t first = c0 * 0xD2511F53, second = c2 * 0xCD9E8D57;
        c0 = (second >> 32) ^ c1 ^ k0;
        c1 = second & mask;
        c2 = (first >> 32) ^ c3 ^ k1;
        c3 = first & mask;
        k0 = (k0 + 0x9E3779B9) & mask;
        k1 = (k1 + 0xBB67AE85) & mask;
    }
    return ((double)(int64_t)(c0 << 20 | c1 >> 12) + 0.5) * 0x1p-52;
}

static inline double uniform(WORLD *world, int64_t entity, int64_t decision, int64_t occurrence)
{
    if (occurrence >= 65536) {
        world->error = NO_OCCURRENCE;
        occurrence = 0;
    }
    return uniform_of(world, entity, decision << 16 | occurrence);
}

static inline int64_t threshold_of(WORLD *world, int64_t entity, int64_t code, int64_t occurrence)
{
    return (int64_t)(-log(uniform(world, entity, code, occurrence)) * (double)ONE) + 1;
}

static inline int64_t units(double rate)
{
    double whole = rate * (double)ONE + 0.5;
    return whole >= (double)HIGHEST_RATE ? HIGHEST_RATE : (int64_t)whole;
}

/* The journal */

static inline void note(
    WORLD *world, int64_t arm, int64_t day, int64_t phase, int64_t event, const PATH *path,
    int64_t worker, int64_t group, int64_t quantity)
{
    int64_t place = world->rows[arm];
    if (place < world->rows_room) {
        ROW *row = AT(ROW, world->rows_address, arm * world->rows_room + place);
        row->day = day, row->phase = phase, row->event = event;
        row->source = path->source, row->family = path->family, row->child = path->child;
        row->worker = worker, row->group = group, row->quantity = quantity;
    }
    world->rows[arm] = place + 1;
}

static inline void note_of_child(
    WORLD *world, const PATH *path, int64_t day, int64_t event, int64_t before, int64_t level)
{
    note(world, path->arm, day, IN_CHILDREN, event, path, before, level, 1);
}

static inline int64_t end_of_interval(int64_t start, int64_t end, int64_t first_day, int64_t window)
{
    int64_t into_year = (start - first_day) % DAYS_IN_YEAR;
    into_year += into_year < 0 ? DAYS_IN_YEAR : 0;
    int64_t stop = smaller(start + DAYS_IN_YEAR - into_year, end);
    return start < window && window < stop ? window : stop;
}

static inline void note_child_days(const PLAN *plan, WORLD *world, const PATH *path, int64_t end)
{
    int64_t start = path->entered;
    while (start < end) {
        int64_t stop = end_of_interval(start, end, plan->first_day, path->window_end);
        note(world, path->arm, start, IN_CALENDAR, CHILD_DAYS, path, NOBODY, path->level,
             stop - start);
        start = stop;
    }
}

/* A child's clocks */

static inline int64_t begun_by(const PLAN *plan, const int64_t *starts, int64_t at, int64_t *far)
{
    for (int64_t place = starts[0]; place < starts[1]; place++) {
        int64_t start = AT(WHOLE, plan->whole_address, place)->value;
        if (start > at) {
            *far = start - at;
            return place - starts[0];
        }
    }
    *far = NEVER;
    return starts[1] - starts[0];
}

/* Without the service nobody has had a session, so no effect fades and nothing is detected. */
static inline int64_t rates_on(const PLAN *plan, PATH *path, int64_t day)
{
    const LEVEL *level = AT(LEVEL, plan->levels_address, path->level);
    int64_t holds, days;
    int64_t band = begun_by(plan, level->band_starts, day - path->entered, &holds);
    int64_t age = begun_by(plan, level->age_starts, path->age_on_day_0 + day, &days);
    holds = smaller(holds, days);
    const REAL *real = AT(REAL, plan->real_address, 0);
    const REAL *base = real + level->rates_at + (band * level->ages + age) * level->steps;
    for (int64_t place = 0; place < level->steps; place++) {
        double rate = base[place].value;
        if (level->upward[place])
            rate = rate * path->frailty;
        if (level->link[place] >= 0)
            rate = rate * (1.0 - real[plan->effect_at + level->link[place]].value);
        path->running[place] = units(rate);
    }
    return holds;
}

static inline void begin(const PLAN *plan, PATH *path, int64_t day)
{
    int64_t holds = rates_on(plan, path, day), first = NEVER;
    int64_t steps = AT(LEVEL, plan->levels_address, path->level)->steps;
    path->since = day, path->change = day + holds;
    for (int64_t place = 0; place < steps; place++) {
        int64_t rate = path->running[place];
        if (rate > 0)
            first = smaller(first, (path->left[path->level][place] + rate - 1) / rate);
    }
    path->rings = day + first < path->stop ? day + first : NEVER;
}

static inline void spend_to(const PLAN *plan, PATH *path, int64_t day)
{
    int64_t steps = AT(LEVEL, plan->levels_address, path->level)->steps;
    for (int64_t place = 0; place < steps; place++)
        path->left[path->level][place] -= path->running[place] * (day - path->since);
    path->since = day;
}

static inline void enter(const PLAN *plan, WORLD *world, PATH *path, int64_t level, int64_t day)
{
    const LEVEL *of_level = AT(LEVEL, plan->levels_address, level);
    path->level = level, path->entered = day;
    for (int64_t place = 0; place < of_level->steps; place++)
        if (!path->drawn[level] || path->left[level][place] == 0)
            path->left[level][place] = threshold_of(
                world, path->word, of_level->code[place], path->times[level][place]);
    path->drawn[level] = 1;
    begin(plan, path, day);
}

static inline void go(const PLAN *plan, WORLD *world, PATH *path, int64_t day, int64_t to_level)
{
    note_child_days(plan, world, path, day);
    note_of_child(world, path, day, STEP_TAKEN, path->level, to_level);
    if (world->steps >= world->steps_room) {
        world->error = TOO_SMALL;
        return;
    }
    STEP *found = AT(STEP, world->steps_address, world->steps++);
    found->day = day, found->from_level = path->level, found->to_level = to_level;
    if (to_level >= FOSTER && FOSTER > path->level && !path->in_care) {
        path->in_care = 1;
        note_of_child(world, path, day, ENTERED_CARE_FIRST, NOBODY, to_level);
        if (day >= plan->first_day && path->source < CARRIED_OVER) {
            int64_t since = day - AT(FAMILY, world->families_address, path->family_at)->referred;
            AT(FOLLOWED, world->followed_address, path->child_at)->entered_care[path->arm] = since;
        }
    }
    enter(plan, world, path, to_level, day);
}

static inline void ring(const PLAN *plan, WORLD *world, PATH *path, int64_t day)
{
    int64_t level = path->level, first = 0;
    const LEVEL *of_level = AT(LEVEL, plan->levels_address, level);
    double part = (double)NEVER;
    spend_to(plan, path, day - 1);
    for (int64_t place = 0; place < of_level->steps; place++) {
        if (path->running[place] > 0) {
            double instant = (double)path->left[level][place] / (double)path->running[place];
            if (instant < part)
                first = place, part = instant;
        }
    }
    for (int64_t place = 0; place < of_level->steps; place++) {
        int64_t spent = (int64_t)(part * (double)path->running[place]);
        path->left[level][place] = larger(1, path->left[level][place] - spent);
    }
    path->left[level][first] = 0;
    path->times[level][first] += 1;
    go(plan, world, path, day, of_level->to[first]);
}

static inline void settle(const PLAN *plan, WORLD *world, PATH *path, int64_t until)
{
    until = smaller(until, path->stop);
    for (;;) {
        if (path->rings <= path->change) {
            if (path->rings > until)
                break;
            ring(plan, world, path, path->rings);
        } else if (path->change < until) {
            spend_to(plan, path, path->change);
            begin(plan, path, path->change);
        } else {
            break;
        }
    }
}

static inline void start_path(const PLAN *plan, WORLD *world, PATH *path, int64_t f, int64_t c)
{
    const FAMILY *family = AT(FAMILY, world->families_address, f);
    const CHILD *child = AT(CHILD, world->children_address, c);
    path->arm = 0, path->source = family->source, path->family = family->number;
    path->child = child->number, path->family_at = f, path->child_at = c;
    path->word = child->word, path->frailty = family->frailty;
    path->age_on_day_0 = child->age_days - family->referred;
    path->stop = family->referred
        + smaller(plan->follow_days, 18 * DAYS_IN_YEAR - child->age_days);
    path->window_end = family->referred + plan->follow_up_days;
    path->in_care = 0, path->since = family->referred;
    AT(FOLLOWED, world->followed_address, c)->entered_care[0] = -1;
    for (int64_t level = 0; level < LEVELS; level++) {
        path->drawn[level] = 0;
        for (int64_t place = 0; place < MOST_STEPS; place++)
            path->times[level][place] = 0;
    }
    enter(plan, world, path, family->level, family->referred);
}

/* Every child in scope, to the end of its follow-up. */
void follow_children(const PLAN *plan, WORLD *world)
{
    PATH *path = AT(PATH, world->own_path_address, 0);
    world->error = world->rows[0] = world->steps = 0;
    for (int64_t f = 0; f < world->families; f++) {
        const FAMILY *family = AT(FAMILY, world->families_address, f);
        for (int64_t c = family->first_child; c < family->first_child + family->children; c++) {
            FOLLOWED *followed = AT(FOLLOWED, world->followed_address, c);
            followed->steps_at = followed->seen = followed->steps_end = world->steps;
            followed->level = family->level;
            followed->entered_care[0] = followed->entered_care[1] = -1;
            if (!AT(CHILD, world->children_address, c)->in_scope)
                continue;
            start_path(plan, world, path, f, c);
            settle(plan, world, path, path->stop);
            note_child_days(plan, world, path, path->stop);
            followed->steps_end = world->steps;
        }
        if (world->error)
            return;
    }
}

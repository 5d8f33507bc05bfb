/* The arm without the service, with AVX2 by hand: what C can do on this machine, within reason.

   The rows are those of hot_path.c, bit for bit. What is done several at a time:
   - the first thresholds of many families' children, eight at a time, ahead of following them;
   - all clocks of a level: their thresholds when it is first entered, their rates, the days until
     each rings, the instant within the day, and what is spent. Whole numbers below 2^52 are exact in
     float64, so clocks are held as float64 and one division gives the same whole days.
   A logarithm of four at a time is not libm's to the last bit. Where the difference could move a
   threshold by one unit (one time in fifty), libm's own is taken instead.
   What stays one at a time: one child after the other, which clock rings first, and its rows. */

#include <immintrin.h>
#include <string.h>

#define follow_children follow_children_plainly
#include "hot_path.c"
#undef follow_children

typedef __m256d Four;
typedef __m256i Wholes;

enum { WIDE = 8, MOST_AHEAD = 1024, MOST_OF_FAMILY = 16 * WIDE };

typedef struct {
    double left[LEVELS][WIDE], running[WIDE];
    int64_t times[LEVELS][WIDE], drawn[LEVELS];
} __attribute__((aligned(32))) Clocks;

typedef struct { /* of a plan, by level: what multiplies its rates, and which lanes hold a clock */
    double effect[LEVELS][WIDE];
    int64_t up[LEVELS][WIDE], is_clock[LEVELS][WIDE], code[LEVELS][WIDE];
} __attribute__((aligned(32))) Lanes;

#define PD(number) _mm256_set1_pd(number)
#define EACH(number) _mm256_set1_epi64x((int64_t)(number))
#define WITH_EXPONENT(bits) _mm256_or_si256(bits, EACH(0x4330000000000000))
#define TRUNCATED(x) _mm256_round_pd(x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC)

static inline Four float_of(Wholes whole) /* each below 2^52 */
{
    return _mm256_sub_pd(_mm256_castsi256_pd(WITH_EXPONENT(whole)), PD(0x1p52));
}

static inline Four uniforms(const WORLD *world, Wholes c0, Wholes c1)
{
    const Wholes low = EACH(0xFFFFFFFF);
    Wholes c2 = EACH(world->draw), c3 = EACH(world->replication);
    uint32_t k0 = (uint32_t)world->key_0, k1 = (uint32_t)world->key_1;
    for (int round = 0; round < 10; round++) {
        Wholes first = _mm256_mul_epu32(c0, EACH(0xD2511F53));
        Wholes second = _mm256_mul_epu32(c2, EACH(0xCD9E8D57));
        c0 = _mm256_xor_si256(_mm256_srli_epi64(second, 32), _mm256_xor_si256(c1, EACH(k0)));
        c2 = _mm256_xor_si256(_mm256_srli_epi64(first, 32), _mm256_xor_si256(c3, EACH(k1)));
        c1 = _mm256_and_si256(second, low), c3 = _mm256_and_si256(first, low);
        k0 += 0x9E3779B9, k1 += 0xBB67AE85;
    }
    Wholes whole = _mm256_or_si256(_mm256_slli_epi64(c0, 20), _mm256_srli_epi64(c1, 12));
    return _mm256_mul_pd(_mm256_add_pd(float_of(whole), PD(0.5)), PD(0x1p-52));
}

#define TIMES(a, b) _mm256_mul_pd(a, b)
#define PLUS(a, b) _mm256_add_pd(a, b)
#define MINUS(a, b) _mm256_sub_pd(a, b)

/* As fdlibm's log, which errs by less than 1 unit in the last place. */
static inline Four logarithms(Four u)
{
    Wholes bits = _mm256_castpd_si256(u);
    Wholes from_root = _mm256_sub_epi64(bits, EACH(0x3FE6A09E667F3BCD)); /* of the root of 1/2 */
    Wholes sign = _mm256_and_si256(from_root, EACH(0xFFF0000000000000));
    Four f = MINUS(_mm256_castsi256_pd(_mm256_sub_epi64(bits, sign)), PD(1.0));
    Wholes exponent = _mm256_add_epi64(_mm256_srli_epi64(sign, 52), EACH(2048));
    exponent = _mm256_and_si256(exponent, EACH(4095));
    Four k = MINUS(float_of(exponent), PD(2048.0));
    Four s = _mm256_div_pd(f, PLUS(f, PD(2.0))), z = TIMES(s, s), w = TIMES(z, z);
    Four even = PLUS(PD(2.222219843214978396e-01), TIMES(w, PD(1.531383769920937332e-01)));
    even = TIMES(w, PLUS(PD(3.999999999940941908e-01), TIMES(w, even)));
    Four odd = PLUS(PD(1.818357216161805012e-01), TIMES(w, PD(1.479819860511658591e-01)));
    odd = PLUS(PD(2.857142874366239149e-01), TIMES(w, odd));
    odd = TIMES(z, PLUS(PD(6.666666666666735130e-01), TIMES(w, odd)));
    Four half = TIMES(PD(0.5), TIMES(f, f)), tail = TIMES(k, PD(1.90821492927058770002e-10));
    tail = PLUS(TIMES(s, PLUS(half, PLUS(odd, even))), tail);
    return MINUS(TIMES(k, PD(6.93147180369123816490e-01)), MINUS(MINUS(half, tail), f));
}

/* The thresholds of four clocks, as float64: the same whole numbers as threshold_of. */
static inline Four thresholds(const WORLD *world, Wholes entity, Wholes word)
{
    Four u = uniforms(world, entity, word);
    Four exact = TIMES(logarithms(u), PD(-(double)ONE)), whole = TRUNCATED(exact);
    Four near = TIMES(exact, PD(0x1p-51)), part = MINUS(exact, whole); /* 1.52 units and more */
    Four unsafe = _mm256_or_pd(
        _mm256_cmp_pd(part, near, _CMP_LT_OQ),
        _mm256_cmp_pd(part, MINUS(PD(1.0), near), _CMP_GT_OQ));
    int which = _mm256_movemask_pd(unsafe);
    if (__builtin_expect(which, 0)) {
        double each[4] __attribute__((aligned(32))), of[4] __attribute__((aligned(32)));
        _mm256_store_pd(each, whole), _mm256_store_pd(of, u);
        for (int lane = 0; lane < 4; lane++)
            if (which >> lane & 1)
                each[lane] = (double)(int64_t)(-log(of[lane]) * (double)ONE);
        whole = _mm256_load_pd(each);
    }
    return PLUS(whole, PD(1.0));
}

static inline Wholes word_of(const int64_t *codes, const int64_t *times)
{
    Wholes code = _mm256_load_si256((const Wholes *)codes);
    return _mm256_or_si256(_mm256_slli_epi64(code, 16), _mm256_load_si256((const Wholes *)times));
}

static Lanes lanes_of(const PLAN *plan)
{
    Lanes lanes = {0};
    for (int64_t level = 0; level < LEVELS; level++) {
        const LEVEL *of = AT(LEVEL, plan->levels_address, level);
        for (int64_t place = 0; place < WIDE; place++)
            lanes.effect[level][place] = 1.0;
        for (int64_t place = 0; place < of->steps; place++) {
            lanes.is_clock[level][place] = -1, lanes.up[level][place] = -!!of->upward[place];
            lanes.code[level][place] = of->code[place];
            if (of->link[place] >= 0)
                lanes.effect[level][place] =
                    1.0 - AT(REAL, plan->real_address, plan->effect_at + of->link[place])->value;
        }
    }
    return lanes;
}

/* Run the clocks at the rates of `day`. A factor that does not act is 1, which moves no bit. */
static inline void begin_four(
    const PLAN *plan, const Lanes *lanes, PATH *path, Clocks *clocks, int64_t day)
{
    int64_t level = path->level, holds, days;
    const LEVEL *of = AT(LEVEL, plan->levels_address, level);
    int64_t band = begun_by(plan, of->band_starts, day - path->entered, &holds);
    int64_t age = begun_by(plan, of->age_starts, path->age_on_day_0 + day, &days);
    const double *base = &AT(REAL, plan->real_address, of->rates_at)->value
        + (band * of->ages + age) * of->steps;
    Four first = PD((double)NEVER);
    for (int64_t k = 0; k < of->steps; k += 4) {
        Wholes here = _mm256_load_si256((const Wholes *)&lanes->is_clock[level][k]);
        Four up = _mm256_castsi256_pd(_mm256_load_si256((const Wholes *)&lanes->up[level][k]));
        Four rate = _mm256_maskload_pd(base + k, here);
        rate = TIMES(rate, _mm256_blendv_pd(PD(1.0), PD(path->frailty), up));
        rate = TIMES(rate, _mm256_load_pd(&lanes->effect[level][k]));
        rate = PLUS(TIMES(rate, PD((double)ONE)), PD(0.5));
        rate = TRUNCATED(_mm256_min_pd(rate, PD((double)HIGHEST_RATE)));
        _mm256_store_pd(&clocks->running[k], rate);
        Four left = _mm256_load_pd(&clocks->left[level][k]);
        Four rings = TRUNCATED(_mm256_div_pd(PLUS(left, MINUS(rate, PD(1.0))), rate));
        Four runs = _mm256_cmp_pd(rate, PD(0.0), _CMP_GT_OQ);
        first = _mm256_min_pd(first, _mm256_blendv_pd(PD((double)NEVER), rings, runs));
    }
    __m128d two = _mm_min_pd(_mm256_castpd256_pd128(first), _mm256_extractf128_pd(first, 1));
    int64_t soonest = (int64_t)_mm_cvtsd_f64(_mm_min_pd(two, _mm_unpackhi_pd(two, two)));
    path->since = day, path->change = day + smaller(holds, days);
    path->rings = day + soonest < path->stop ? day + soonest : NEVER;
}

static inline void spend_four(const PLAN *plan, PATH *path, Clocks *clocks, int64_t day)
{
    int64_t steps = AT(LEVEL, plan->levels_address, path->level)->steps;
    Four days = PD((double)(day - path->since));
    for (int64_t k = 0; k < steps; k += 4) {
        double *left = &clocks->left[path->level][k];
        Four spent = TIMES(_mm256_load_pd(&clocks->running[k]), days);
        _mm256_store_pd(left, MINUS(_mm256_load_pd(left), spent));
    }
    path->since = day;
}

/* As note_child_days: after the first piece a year ends 365 days on. */
static inline void note_years(const PLAN *plan, WORLD *world, const PATH *path, int64_t end)
{
    int64_t start = path->entered, into = (start - plan->first_day) % DAYS_IN_YEAR;
    int64_t year = start + DAYS_IN_YEAR - into - (into < 0 ? DAYS_IN_YEAR : 0);
    while (start < end) {
        int64_t stop = smaller(year, end);
        stop = start < path->window_end && path->window_end < stop ? path->window_end : stop;
        note(world, 0, start, IN_CALENDAR, CHILD_DAYS, path, NOBODY, path->level, stop - start);
        start = stop;
        year += stop == year ? DAYS_IN_YEAR : 0;
    }
}

static inline void enter_four(
    const PLAN *plan, WORLD *world, const Lanes *lanes, PATH *path, Clocks *clocks,
    int64_t level, int64_t day)
{
    const LEVEL *of = AT(LEVEL, plan->levels_address, level);
    double *left = clocks->left[level];
    path->level = level, path->entered = day;
    if (!clocks->drawn[level]) {
        clocks->drawn[level] = 1;
        for (int64_t k = 0; k < of->steps; k += 4)
            _mm256_store_pd(&left[k], thresholds(world, EACH(path->word), word_of(
                &lanes->code[level][k], &clocks->times[level][k])));
    } else {
        for (int64_t place = 0; place < of->steps; place++)
            if (left[place] == 0.0)
                left[place] = (double)threshold_of(
                    world, path->word, of->code[place], clocks->times[level][place]);
    }
    begin_four(plan, lanes, path, clocks, day);
}

/* The clock that rings on the day before `day` takes the child to another level. */
static inline void ring_four(
    const PLAN *plan, WORLD *world, const Lanes *lanes, PATH *path, Clocks *clocks, int64_t day)
{
    int64_t level = path->level, first = 0;
    const LEVEL *of = AT(LEVEL, plan->levels_address, level);
    double *left = clocks->left[level], part = (double)NEVER;
    double instant[WIDE] __attribute__((aligned(32)));
    spend_four(plan, path, clocks, day - 1);
    for (int64_t k = 0; k < of->steps; k += 4) /* a rate of 0 gives no instant below NEVER */
        _mm256_store_pd(&instant[k], _mm256_div_pd(
            _mm256_load_pd(&left[k]), _mm256_load_pd(&clocks->running[k])));
    for (int64_t place = 0; place < of->steps; place++)
        if (instant[place] < part)
            first = place, part = instant[place];
    for (int64_t k = 0; k < of->steps; k += 4) {
        Four spent = TRUNCATED(TIMES(PD(part), _mm256_load_pd(&clocks->running[k])));
        Four rest = _mm256_max_pd(PD(1.0), MINUS(_mm256_load_pd(&left[k]), spent));
        _mm256_store_pd(&left[k], rest);
    }
    left[first] = 0.0;
    clocks->times[level][first] += 1;
    if (clocks->times[level][first] >= 65536) {
        world->error = NO_OCCURRENCE;
        clocks->times[level][first] = 0;
    }
    int64_t to_level = of->to[first];
    note_years(plan, world, path, day);
    note_of_child(world, path, day, STEP_TAKEN, level, to_level);
    if (world->steps >= world->steps_room) {
        world->error = TOO_SMALL;
        world->steps = 0;
    }
    STEP *found = AT(STEP, world->steps_address, world->steps++);
    found->day = day, found->from_level = level, found->to_level = to_level;
    if (to_level >= FOSTER && FOSTER > level && !path->in_care) {
        path->in_care = 1;
        note_of_child(world, path, day, ENTERED_CARE_FIRST, NOBODY, to_level);
        if (day >= plan->first_day && path->source < CARRIED_OVER)
            AT(FOLLOWED, world->followed_address, path->child_at)->entered_care[0] =
                day - AT(FAMILY, world->families_address, path->family_at)->referred;
    }
    enter_four(plan, world, lanes, path, clocks, to_level, day);
}

/* The first thresholds of all children of families from `f` on, as many families as there is room
   for; the first family without. */
static int64_t draw_ahead(const PLAN *plan, const WORLD *world, int64_t f, double *ahead)
{
    int64_t entities[MOST_AHEAD] __attribute__((aligned(32)));
    int64_t words[MOST_AHEAD] __attribute__((aligned(32))), count = 0;
    for (; f < world->families && count + MOST_OF_FAMILY <= MOST_AHEAD; f++) {
        const FAMILY *family = AT(FAMILY, world->families_address, f);
        const LEVEL *of = AT(LEVEL, plan->levels_address, family->level);
        for (int64_t c = family->first_child; c < family->first_child + family->children; c++) {
            const CHILD *child = AT(CHILD, world->children_address, c);
            for (int64_t place = 0; child->in_scope && place < of->steps; place++)
                entities[count] = child->word, words[count++] = of->code[place] << 16;
        }
    }
    for (int64_t k = count; k % 8; k++)
        entities[k] = words[k] = 0;
    for (int64_t k = 0; k < count; k += 8) { /* two fours, so that one need not wait */
        for (int64_t half = 0; half < 8; half += 4)
            _mm256_store_pd(&ahead[k + half], thresholds(
                world, _mm256_load_si256((const Wholes *)&entities[k + half]),
                _mm256_load_si256((const Wholes *)&words[k + half])));
    }
    return f;
}

static inline void follow_child(
    const PLAN *plan, WORLD *world, const Lanes *lanes, PATH *path, int64_t f, int64_t c,
    const double *ahead)
{
    const FAMILY *family = AT(FAMILY, world->families_address, f);
    const CHILD *child = AT(CHILD, world->children_address, c);
    Clocks clocks;
    memset(clocks.times, 0, sizeof clocks.times);
    memset(clocks.drawn, 0, sizeof clocks.drawn);
    *path = (PATH){
        .source = family->source, .family = family->number, .child = child->number,
        .family_at = f, .child_at = c, .word = child->word, .frailty = family->frailty,
        .age_on_day_0 = child->age_days - family->referred,
        .stop = family->referred
            + smaller(plan->follow_days, 18 * DAYS_IN_YEAR - child->age_days),
        .window_end = family->referred + plan->follow_up_days,
        .level = family->level, .entered = family->referred};
    _mm256_store_pd(&clocks.left[path->level][0], _mm256_loadu_pd(ahead));
    _mm256_store_pd(&clocks.left[path->level][4], _mm256_loadu_pd(ahead + 4));
    clocks.drawn[path->level] = 1;
    begin_four(plan, lanes, path, &clocks, path->entered);
    for (;;) {
        if (path->rings <= path->change) {
            if (path->rings > path->stop)
                break;
            ring_four(plan, world, lanes, path, &clocks, path->rings);
        } else if (path->change < path->stop) {
            spend_four(plan, path, &clocks, path->change);
            begin_four(plan, lanes, path, &clocks, path->change);
        } else {
            break;
        }
    }
    note_years(plan, world, path, path->stop);
}

/* Every child in scope, to the end of its follow-up. */
void follow_children(const PLAN *plan, WORLD *world)
{
    const Lanes lanes = lanes_of(plan);
    double ahead[MOST_AHEAD + WIDE] __attribute__((aligned(32)));
    PATH path;
    int64_t drawn_to = 0, next = 0;
    world->error = world->rows[0] = world->steps = 0;
    for (int64_t f = 0; f < world->families && !world->error; f++) {
        const FAMILY *family = AT(FAMILY, world->families_address, f);
        int64_t steps = AT(LEVEL, plan->levels_address, family->level)->steps;
        if (f == drawn_to)
            drawn_to = draw_ahead(plan, world, f, ahead), next = 0;
        for (int64_t c = family->first_child; c < family->first_child + family->children; c++) {
            FOLLOWED *followed = AT(FOLLOWED, world->followed_address, c);
            followed->steps_at = followed->seen = followed->steps_end = world->steps;
            followed->level = family->level;
            followed->entered_care[0] = followed->entered_care[1] = -1;
            if (!AT(CHILD, world->children_address, c)->in_scope)
                continue;
            follow_child(plan, world, &lanes, &path, f, c, ahead + next);
            next += steps;
            followed->steps_end = world->steps;
        }
    }
}

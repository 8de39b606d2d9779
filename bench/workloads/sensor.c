/* A filter of sensor samples: a moving average, and an alarm with hysteresis. */
#include "workload.h"

#define TAPS 8

ENTRY uint64_t sensor(const int16_t *samples, uint64_t bytes)
{
    uint64_t count = bytes / 2, alarms = 0, raised = 0;
    int64_t window[TAPS] = {0}, sum = 0;

    for (uint64_t i = 0; i < count; i++) {
        int64_t sample = samples[i];
        sum += sample - window[i % TAPS];
        window[i % TAPS] = sample;
        int64_t average = sum >> 3;
        if (!raised && average > 1000) {
            raised = 1;
            alarms++;
        } else if (raised && average < 800) {
            raised = 0;
        }
    }
    return (alarms << 32) | (uint32_t)sum;
}

/* A stand-in for libnvidia-ml.so.1: the calls that Grid makes, and setters by which a test says what they answer. */
#include <stdio.h>
#include <string.h>

#define SUCCESS 0
#define NOT_SUPPORTED 3
#define NOT_FOUND 6
#define INSUFFICIENT_SIZE 7

static int devices = 2, failure, energy_supported = 1, power_supported = 1, open_count;
static unsigned long long millijoules[2];
static unsigned int milliwatts[2];
static unsigned int processes;

void stand_in_reset(void) {
    devices = 2; failure = 0; energy_supported = power_supported = 1; processes = 0; open_count = 0;
    memset(millijoules, 0, sizeof millijoules);
    memset(milliwatts, 0, sizeof milliwatts);
}
void stand_in_devices(int count) { devices = count; }
void stand_in_fail(int code) { failure = code; }
void stand_in_support(int energy, int power) { energy_supported = energy; power_supported = power; }
void stand_in_energy(int device, unsigned long long value) { millijoules[device] = value; }
void stand_in_power(int device, unsigned int value) { milliwatts[device] = value; }
void stand_in_processes(unsigned int count) { processes = count; }
int stand_in_open(void) { return open_count; }

int nvmlInit_v2(void) { if (failure) return failure; open_count++; return SUCCESS; }
int nvmlShutdown(void) { open_count--; return SUCCESS; }
const char *nvmlErrorString(int result) { return result == 9 ? "Driver Not Loaded" : result == 15 ? "GPU is lost" : "Other"; }
int nvmlDeviceGetCount_v2(unsigned int *count) { *count = devices; return failure; }
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
    if ((int)index >= devices) return NOT_FOUND;
    *device = (void *)(size_t)(index + 1);
    return failure;
}
static int index_of(void *device) { return (int)(size_t)device - 1; }
int nvmlDeviceGetName(void *device, char *name, unsigned int length) {
    snprintf(name, length, "Stand-in %d", index_of(device));
    return failure;
}
int nvmlDeviceGetUUID(void *device, char *uuid, unsigned int length) {
    snprintf(uuid, length, "GPU-%c0000000-0000", 'a' + index_of(device));
    return failure;
}
int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *energy) {
    if (!energy_supported) return NOT_SUPPORTED;
    *energy = millijoules[index_of(device)];
    return failure;
}
int nvmlDeviceGetPowerUsage(void *device, unsigned int *power) {
    if (!power_supported) return NOT_SUPPORTED;
    *power = milliwatts[index_of(device)];
    return failure;
}
int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned int *count, void *infos) {
    unsigned int room = *count;
    (void)device; (void)infos;
    *count = processes;
    return processes > room ? INSUFFICIENT_SIZE : SUCCESS;
}

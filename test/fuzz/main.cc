/**
 * @file main.cc
 * In the place of libFuzzer: runs each file that is named, once.
 */
#include <stdint.h>
#include <stdio.h>

#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t length);

int main(int count, char** names) {
  for (int i = 1; i < count; ++i) {
    FILE* file = fopen(names[i], "rb");
    if (file == nullptr) {
      perror(names[i]);
      return 1;
    }
    std::vector<uint8_t> bytes;
    for (int byte = fgetc(file); byte != EOF; byte = fgetc(file)) {
      bytes.push_back(static_cast<uint8_t>(byte));
    }
    fclose(file);
    // In memory of just its length, so that a byte read beyond its end is found.
    const std::vector<uint8_t> exact(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
  }
  printf("%d inputs\n", count - 1);
  return 0;
}

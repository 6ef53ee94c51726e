#include "errands.h"

#include <time.h>

#include <algorithm>
#include <utility>

#include "../deadline.h"
#include "lock.h"

namespace libzookeeper {
namespace port {

namespace {

/** Whether a moment has come; then it is forgotten. */
bool Due(int64_t* moment, int64_t now) {
  if (*moment < 0 || *moment > now) return false;
  *moment = -1;
  return true;
}

}  // namespace

int64_t Now() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

Errands::Errands() {
  pthread_mutex_init(&mutex_, nullptr);
  Deadline::Prepare(&changed_);
}

Errands::~Errands() {
  pthread_cond_destroy(&changed_);
  pthread_mutex_destroy(&mutex_);
}

void Errands::RequestClose() {
  const Lock lock(&mutex_);
  close_requested_ = true;
  pthread_cond_broadcast(&changed_);
}

bool Errands::IsCloseRequested() const {
  const Lock lock(&mutex_);
  return close_requested_;
}

void Errands::SetServers(uint32_t id, std::string servers) {
  const Lock lock(&mutex_);
  Errand errand;
  errand.kind = Errand::kSetServers;
  errand.id = id;
  errand.servers = std::move(servers);
  requests_.push_back(std::move(errand));
  pthread_cond_broadcast(&changed_);
}

void Errands::BeginAttempt(int limit_ms) {
  const Lock lock(&mutex_);
  attempt_end_ = limit_ms > 0 ? Now() + limit_ms : -1;
  pthread_cond_broadcast(&changed_);
}

void Errands::SeekWritable() {
  const Lock lock(&mutex_);
  if (is_seeking_) return;
  is_seeking_ = true;
  seek_at_ = Now();
  pthread_cond_broadcast(&changed_);
}

void Errands::SeekAgain(int delay_ms) {
  const Lock lock(&mutex_);
  is_seeking_ = delay_ms >= 0;
  seek_at_ = is_seeking_ ? Now() + delay_ms : -1;
}

void Errands::ResolveEvery(int interval_ms) {
  const Lock lock(&mutex_);
  resolve_interval_ = interval_ms;
  resolve_at_ = interval_ms > 0 ? Now() + interval_ms : -1;
}

Errand Errands::Await(int timeout_ms) {
  const int64_t end = timeout_ms < 0 ? -1 : Now() + timeout_ms;
  const Lock lock(&mutex_);
  Errand errand;
  for (;;) {
    const int64_t now = Now();
    if (Take(now, &errand) || (end >= 0 && now >= end)) return errand;
    const int64_t moment = NextMoment(end);
    if (moment < 0) {
      pthread_cond_wait(&changed_, &mutex_);
    } else {
      Deadline(static_cast<int>(moment - now)).Wait(&changed_, &mutex_);
    }
  }
}

/** With mutex_ held. */
bool Errands::Take(int64_t now, Errand* errand) {
  if (close_requested_) {
    errand->kind = Errand::kClose;
  } else if (Due(&attempt_end_, now)) {
    errand->kind = Errand::kEndAttempt;
  } else if (!requests_.empty()) {
    *errand = std::move(requests_.front());
    requests_.pop_front();
  } else if (Due(&seek_at_, now)) {
    errand->kind = Errand::kSeekWritable;
  } else if (Due(&resolve_at_, now)) {
    errand->kind = Errand::kResolve;
    resolve_at_ = now + resolve_interval_;
  } else {
    return false;
  }
  return true;
}

/** With mutex_ held. The first of the moments that are set; -1 for none. */
int64_t Errands::NextMoment(int64_t end) const {
  int64_t first = -1;
  for (const int64_t moment : {attempt_end_, seek_at_, resolve_at_, end}) {
    if (moment >= 0 && (first < 0 || moment < first)) first = moment;
  }
  return first;
}

}  // namespace port
}  // namespace libzookeeper

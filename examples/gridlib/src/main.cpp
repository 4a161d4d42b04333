// Trains a small network on every backend, and checks its gradients.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "demo.h"

using namespace demo;

namespace {

/// The larger coordinate of each point.
Array labels_of(const Array& points) {
  Array result(CPU, points.rows(), 1);
  for (std::size_t i = 0; i < points.rows(); ++i) {
    result.at(i, 0) = std::max(points.at(i, 0), points.at(i, 1));
  }
  return result;
}

// Training

struct Network {
  Array first = random(3, 8, 1);
  Array second = random(9, 1, 2);

  Array loss(const Array& points, const Array& labels) const {
    const auto rows = static_cast<std::int64_t>(points.rows());
    const Array ones = full(rows, 1, 1.0, points.backend());
    const Array hidden = relu(matmul(cat({points, ones}), first));
    return mean_squared(matmul(cat({hidden, ones}), second), labels);
  }
};

std::vector<double> train(BackendComponent backend, int steps) {
  const Array points = random(64, 2, 3);
  const Array x = points.to(backend);
  const Array y = labels_of(points).to(backend);
  Network network;
  for (Array* weights : {&network.first, &network.second}) {
    *weights = weights->to(backend).set_requires_grad();
  }
  std::vector<double> losses;
  for (int i = 0; i < steps; ++i) {
    const Array loss = network.loss(x, y);
    backward(loss);
    losses.push_back(loss.to(CPU).at(0, 0));
    const NoGrad not_recorded;
    for (Array* weights : {&network.first, &network.second}) {
      *weights += weights->grad() * -0.1;
      weights->set_grad({});
    }
  }
  return losses;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = std::fabs(a[i] - b[i]);
    // Not a number is a difference too.
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

void show_training() {
  const std::vector<double> expected = train(CPU, 200);
  std::printf(
      "loss before: %.6f\nloss after:  %.6f\n", expected.front(), expected.back());
  for (const DispatchKey key : with_memory) {
    if (key == DispatchKey::CPU) continue;
    const std::vector<double> losses = train(toBackendComponent(key), 200);
    print("trained on " + std::string(toString(key)) + " too");
    std::printf("loss after:  %.6f\nlargest difference from CPU: %.1e\n",
                losses.back(),
                largest_difference(losses, expected));
  }
}

/// Compares the gradient of each weight with what a small step says.
void show_gradient_check() {
  const Array x = random(5, 2, 4);
  const Array y = labels_of(x);
  Network network;
  const Array& weights = network.first.set_requires_grad();
  backward(network.loss(x, y));
  std::vector<double> expected;
  const NoGrad not_recorded;
  for (double& weight : weights.values()) {
    const double before = weight;
    const auto loss_at = [&](double value) {
      weight = value;
      return network.loss(x, y).at(0, 0);
    };
    expected.push_back((loss_at(before + 1e-6) - loss_at(before - 1e-6)) / 2e-6);
    weight = before;
  }
  const std::span<double> found = weights.grad().values();
  std::printf("largest error of a gradient: %.1e\n",
              largest_difference({found.begin(), found.end()}, expected));
}

}  // namespace

int main() {
  Dispatcher::singleton().set_warning_handler(
      [](std::string_view text) { print("warning: " + std::string(text)); });
  show_training();
  show_gradient_check();
  tour();
}

// Runs programs on the generated C++ dispatcher, a command a line, an answer a line.
//
// A command is words with spaces between them; the answer is one line of JSON: `{"ok":
// ...}` or `{"error": kind, "what": ...}`. While a call runs, each kernel, mode, subclass
// and fallback that was registered by a number is a line of its own, `{"event": ...}`, and
// from then on commands are those of its body, until `return VALUE...`, `decline` or
// `raise NUMBER` ends it. All lines say what the thread includes and excludes then. So
// bodies are whatever the other end of the pipe wants, and what it sends is a program that
// can be run again from a file.
//
// Values are words: `n`, `T`, `F`, `i5`, `d1.5`, `stext` (with %XX), `t3` (a tensor by its
// number), and `[k ... ]` with the kind of list k: t(ensors), o(ptional tensors), i, d, b,
// s, v(alues).

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <pytorch/dispatch/dispatcher.h>

// What the dispatcher looks for by the type of a tensor.
namespace pytorch::dispatch {
dispatch_codegen::DispatchHandler<Traits>* dispatch_handler(const Traits::Tensor&);
}  // namespace pytorch::dispatch

#include <pytorch/dispatch/operators/aten/alias.h>
#include <pytorch/dispatch/operators/aten/dequantize.h>
#include <pytorch/dispatch/operators/aten/matmul.h>
#include <pytorch/dispatch/operators/aten/silu_backward.h>
#include <pytorch/dispatch/operators/probe/ambiguous.h>

namespace {

namespace dc = dispatch_codegen;
namespace own = pytorch::dispatch;
using Traits = own::Traits;
using KeySet = Traits::KeySet;
using Layout = KeySet::Layout;
using Key = Traits::Numbering::Key;
using Tensor = Traits::Tensor;
using Value = Traits::Value;
using Stack = dc::Stack<Value>;
using Handle = dc::OperatorHandle<Traits>;
using Kernel = dc::CppFunction<Traits>;
using Library = dc::Library<Traits>;
using Dispatcher = dc::Dispatcher<Traits>;
using Words = std::istringstream;

/// What a kernel's body ends with where it fails.
struct Raised {
  int number;
};
/// What is wrong with a command.
struct BadCommand {
  std::string text;
};

// ---- tensors

struct Handler;

struct Impl final : dc::BasicTensorImpl<Traits::Numbering> {
  Impl(int n, KeySet keys) : BasicTensorImpl(keys), number(n) {}
  int number;
  bool requires_grad = false;
  Handler* handler = nullptr;
  std::vector<dc::NotImplementedNode<Traits>> nodes;
};

std::vector<Tensor> tensors;

Impl* impl_of(const Tensor& tensor) {
  return static_cast<Impl*>(tensor.impl());
}

// ---- JSON

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < ' ') {
      char code[8];
      std::snprintf(code, sizeof(code), "\\u%04x", c);
      result += code;
    } else {
      result += c;
    }
  }
  return result + '"';
}

template <class List, class Text>
std::string list_of(const List& list, Text&& text) {
  std::string result = "[";
  for (const auto& one : list) {
    if (result.size() > 1) result += ',';
    result += text(one);
  }
  return result + ']';
}

std::string json(const Tensor& tensor) {
  return "{\"t\":" + std::to_string(tensor.defined() ? impl_of(tensor)->number : -1) +
         "}";
}

std::string json(const Value& value) {
  switch (value.kind()) {
    case dc::ValueKind::kNone:
      return "null";
    case dc::ValueKind::kBool:
      return value.ref<bool>() ? "true" : "false";
    case dc::ValueKind::kInt:
      return std::to_string(value.ref<std::int64_t>());
    case dc::ValueKind::kFloat:
      return dc::to_string(value);
    case dc::ValueKind::kString:
      return quoted(dc::unbox<std::string_view>(value).get());
    case dc::ValueKind::kTensor:
      return json(value.tensor());
    case dc::ValueKind::kList: {
      std::string text = "[";
      for (std::size_t i = 0; i != value.list_size(); ++i) {
        if (i != 0) text += ',';
        text += json(value.list_at(i));
      }
      return text + ']';
    }
    case dc::ValueKind::kOther:
      break;
  }
  return "{\"other\":" + quoted(value.type_name()) + "}";
}

std::string json_all(std::span<const Value> values) {
  return list_of(values, [](const Value& value) { return json(value); });
}

std::string raw(KeySet keys) {
  return std::to_string(keys.raw_repr());
}

/// Writes a line: an object's members, and the sets of the thread.
void say(const std::string& members) {
  const auto sets = Traits::local().sets();
  std::cout << '{' << members << ",\"tls\":[" << raw(sets.included_) << ','
            << raw(sets.excluded_) << "]}" << std::endl;
}
void ok(const std::string& value = "null") {
  say("\"ok\":" + value);
}

// ---- commands

std::string word(Words& words) {
  std::string text;
  if (!(words >> text)) throw BadCommand{"a word is missing"};
  return text;
}
int number(Words& words) {
  return std::stoi(word(words));
}
KeySet keys(Words& words) {
  return KeySet(dc::RAW, std::stoull(word(words)));
}
Key key_named(const std::string& name) {
  for (std::size_t value = 0; value < Layout::num_values; ++value) {
    if (Traits::name(static_cast<Key>(value)) == name) return static_cast<Key>(value);
  }
  throw BadCommand{"no key " + name};
}
Key key(Words& words) {
  return key_named(word(words));
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    result +=
        static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return result;
}

Value value_of(const std::string& text, Words& words);

template <class E, class Get>
std::vector<E> elements(Words& words, Get&& get) {
  std::vector<E> list;
  for (std::string text = word(words); text != "]"; text = word(words)) {
    Value value = value_of(text, words);
    list.push_back(get(value));
  }
  return list;
}

Value value_of(const std::string& text, Words& words) {
  const std::string rest = text.substr(1);
  switch (text[0]) {
    case 'n':
      return Value();
    case 'T':
      return Value(true);
    case 'F':
      return Value(false);
    case 'i':
      return Value(static_cast<std::int64_t>(std::stoll(rest)));
    case 'd':
      return Value(std::stod(rest));
    case 's':
      return Value(unescaped(rest));
    case 't':
      return Value(tensors.at(static_cast<std::size_t>(std::stoi(rest))));
    default:
      break;
  }
  if (text == "[t") {
    return Value(elements<Tensor>(words, [](Value& v) { return v.tensor(); }));
  }
  if (text == "[o") {
    return Value(elements<std::optional<Tensor>>(words, [](Value& v) {
      return v.is_none() ? std::nullopt : std::optional<Tensor>(v.tensor());
    }));
  }
  if (text == "[i") {
    return Value(
        elements<std::int64_t>(words, [](Value& v) { return v.ref<std::int64_t>(); }));
  }
  if (text == "[d") {
    return Value(elements<double>(words, [](Value& v) { return v.ref<double>(); }));
  }
  if (text == "[b") {
    return Value(
        dc::BoolList(elements<char>(words, [](Value& v) { return v.ref<bool>(); })));
  }
  if (text == "[s") {
    return Value(
        elements<std::string>(words, [](Value& v) { return v.ref<std::string>(); }));
  }
  if (text == "[v") {
    return Value(elements<Value>(words, [](Value& v) { return std::move(v); }));
  }
  throw BadCommand{"no value " + text};
}

void read_values(Words& words, Stack& stack) {
  std::string text;
  while (words >> text) stack.push(value_of(text, words));
}

bool run_command(const std::string& line);

/// Takes commands until the body ends; leaves its results on the stack, and says whether
/// it has some.
bool run_body(Stack* stack) {
  std::string line;
  while (std::getline(std::cin, line)) {
    Words words(line);
    const std::string name = word(words);
    if (name == "return") {
      read_values(words, *stack);
      return true;
    }
    if (name == "decline") return false;
    if (name == "raise") throw Raised{number(words)};
    run_command(line);
  }
  std::exit(0);
}

void run_kernel(const char* what,
                int id,
                const Handle& op,
                std::optional<KeySet> keys,
                Stack* stack) {
  const std::size_t count = op.schema().arguments.size();
  const auto values = stack->last(count);
  say("\"event\":" + quoted(what) + ",\"id\":" + std::to_string(id) +
      ",\"op\":" + quoted(op.operator_name()) +
      ",\"keys\":" + (keys ? raw(*keys) : "null") + ",\"args\":" + json_all(values));
  stack->drop(count);
  run_body(stack);
}

// ---- kernels of all kinds

/// Functions have no state: each of a pool has the number of the kernel that it is.
constexpr std::size_t pool_size = 24;

int boxed_ids[pool_size];
std::size_t boxed_used = 0;

template <std::size_t N>
void boxed_function(const Handle& op, KeySet keys, Stack* stack) {
  run_kernel("kernel", boxed_ids[N], op, keys, stack);
}

template <std::size_t... N>
Kernel boxed_of(std::size_t at, std::index_sequence<N...>) {
  Kernel made = Kernel::makeFallthrough();
  ((N == at ? void(made = Kernel::makeFromBoxedFunction<&boxed_function<N>>())
            : void()),
   ...);
  return made;
}

Kernel boxed_functor(int id) {
  return Kernel::makeFromBoxedFunctor(
      [id](const Handle& op, KeySet keys, Stack* stack) {
        run_kernel("kernel", id, op, keys, stack);
      });
}

std::optional<Kernel> boxed_kernel(const std::string& kind, int id) {
  if (kind == "boxed_functor") return boxed_functor(id);
  if (kind == "boxed_function") {
    if (boxed_used == pool_size) return boxed_functor(id);
    boxed_ids[boxed_used] = id;
    return boxed_of(boxed_used++, std::make_index_sequence<pool_size>());
  }
  return std::nullopt;
}

/// How operators of one type are called, and their kernels made.
struct Type {
  virtual ~Type() = default;
  virtual void call(const Handle& op, Stack* stack) = 0;
  virtual void redispatch(const Handle& op, KeySet keys, Stack* stack) = 0;
  virtual Kernel kernel(const std::string& kind, const std::string& op, int id) = 0;
};

template <class F>
struct TypeOf;
template <class R, class... Args>
struct TypeOf<R(Args...)> final : Type {
  using Boxed = dc::Boxing<Value, R, Args...>;
  using Typed = dc::TypedOperatorHandle<Traits, R(Args...)>;

  void call(const Handle& op, Stack* stack) override {
    const Typed typed(op);
    const auto run = [&](Args... args) -> R {
      return typed.call(static_cast<Args&&>(args)...);
    };
    Boxed::call_unboxed(run, stack);
  }
  void redispatch(const Handle& op, KeySet keys, Stack* stack) override {
    const Typed typed(op);
    const auto run = [&](Args... args) -> R {
      return typed.redispatch(keys, static_cast<Args&&>(args)...);
    };
    Boxed::call_unboxed(run, stack);
  }

  struct Place {
    int id;
    std::string op;
  };
  static R run(const Place& place,
               std::optional<KeySet> keys,
               std::remove_reference_t<Args>&... args) {
    const Handle op = Dispatcher::singleton().findSchemaOrThrow(place.op);
    return Boxed::call(
        [&](Stack* stack) { run_kernel("kernel", place.id, op, keys, stack); },
        args...);
  }

  static inline Place places[2 * pool_size];
  static inline std::size_t used = 0;
  static inline std::size_t used_plain = pool_size;

  template <std::size_t N>
  static R with_keys(KeySet keys, Args... args) {
    return run(places[N], keys, args...);
  }
  template <std::size_t N>
  static R plain(Args... args) {
    return run(places[pool_size + N], std::nullopt, args...);
  }

  template <std::size_t... N>
  static Kernel pointer_of(std::size_t at,
                           bool takes_keys,
                           bool is_static,
                           std::index_sequence<N...>) {
    Kernel made = Kernel::makeFallthrough();
    if (!takes_keys) {
      ((pool_size + N == at
            ? void(made = is_static ? Kernel::makeFromUnboxedFunction<&plain<N>>()
                                    : Kernel(&plain<N>))
            : void()),
       ...);
    } else {
      ((N == at
            ? void(made = is_static ? Kernel::makeFromUnboxedFunction<&with_keys<N>>()
                                    : Kernel(&with_keys<N>))
            : void()),
       ...);
    }
    return made;
  }

  Kernel kernel(const std::string& kind, const std::string& op, int id) override {
    const Place place{id, op};
    const bool takes_keys = kind.find("plain") == std::string::npos;
    std::size_t& at = takes_keys ? used : used_plain;
    const bool is_full = at == (takes_keys ? pool_size : 2 * pool_size);
    if (!is_full && kind.find("functor") == std::string::npos) {
      places[at] = place;
      return pointer_of(at++,
                        takes_keys,
                        kind.find("static") != std::string::npos,
                        std::make_index_sequence<pool_size>());
    }
    if (takes_keys) {
      return Kernel([place](KeySet keys, Args... args) -> R {
        return run(place, keys, args...);
      });
    }
    return Kernel(
        [place](Args... args) -> R { return run(place, std::nullopt, args...); });
  }
};

using List = std::span<const Tensor>;
using OptionalList = std::span<const std::optional<Tensor>>;

/// By the types of arguments and returns, `!` after those that are written to.
const std::map<std::string, std::unique_ptr<Type>>& types() {
  static const auto made = [] {
    std::map<std::string, std::unique_ptr<Type>> all;
    const auto add = [&]<class F>(const char* name, F*) {
      all.emplace(name, std::make_unique<TypeOf<F>>());
    };
    using Int = std::int64_t;
    add("Tensor->Tensor", static_cast<Tensor (*)(const Tensor&)>(nullptr));
    add("Tensor,Tensor->Tensor",
        static_cast<Tensor (*)(const Tensor&, const Tensor&)>(nullptr));
    add("Tensor,int->Tensor", static_cast<Tensor (*)(const Tensor&, Int)>(nullptr));
    add("Tensor,Tensor?->Tensor",
        static_cast<Tensor (*)(const Tensor&, const std::optional<Tensor>&)>(nullptr));
    add("Tensor[]->Tensor", static_cast<Tensor (*)(List)>(nullptr));
    add("Tensor,Tensor[]->Tensor",
        static_cast<Tensor (*)(const Tensor&, List)>(nullptr));
    add("Tensor?[]->int", static_cast<Int (*)(OptionalList)>(nullptr));
    add("Tensor[]->Tensor[]", static_cast<std::vector<Tensor> (*)(List)>(nullptr));
    add("int->int", static_cast<Int (*)(Int)>(nullptr));
    add("Tensor!->Tensor!", static_cast<Tensor& (*)(Tensor&)>(nullptr));
    add("Tensor->Tensor,Tensor",
        static_cast<std::tuple<Tensor, Tensor> (*)(const Tensor&)>(nullptr));
    return all;
  }();
  return made;
}

Kernel kernel_of(const std::string& kind,
                 const std::string& type,
                 const std::string& op,
                 int id) {
  if (auto boxed = boxed_kernel(kind, id)) return *std::move(boxed);
  const auto found = types().find(type);
  if (found == types().end()) return boxed_functor(id);
  return found->second->kernel(kind, op, id);
}

// ---- operators that are declared

struct DeclaredOperator {
  void (*call)(Stack*);
  void (*redispatch)(KeySet, Stack*);
};

template <class Op, class R, class... Args>
DeclaredOperator declared_as(R (*)(KeySet, Args...)) {
  using Boxed = dc::Boxing<Value, R, Args...>;
  return {[](Stack* stack) {
            const auto run = [](Args... args) -> R {
              return Op::call(static_cast<Args&&>(args)...);
            };
            Boxed::call_unboxed(run, stack);
          },
          [](KeySet keys, Stack* stack) {
            const auto run = [&](Args... args) -> R {
              return Op::redispatch(keys, static_cast<Args&&>(args)...);
            };
            Boxed::call_unboxed(run, stack);
          }};
}
template <class Op>
DeclaredOperator declared() {
  return declared_as<Op>(static_cast<typename Op::Function>(nullptr));
}

const std::map<std::string, DeclaredOperator>& declared_operators() {
  static const std::map<std::string, DeclaredOperator> all = {
      {"aten::alias", declared<own::ops::aten::alias>()},
      {"aten::dequantize.self", declared<own::ops::aten::dequantize_self>()},
      {"aten::matmul", declared<own::ops::aten::matmul>()},
      {"aten::silu_backward", declared<own::ops::aten::silu_backward>()},
      {"probe::ambiguous", declared<own::ops::probe::ambiguous>()},
  };
  return all;
}

// ---- what watches calls

struct Mode final : dc::DispatchMode<Traits> {
  explicit Mode(int n) : id(n) {}
  bool dispatch(const Handle& op, Stack* stack) override {
    const std::size_t count = op.schema().arguments.size();
    say("\"event\":\"mode\",\"id\":" + std::to_string(id) + ",\"op\":" +
        quoted(op.operator_name()) + ",\"args\":" + json_all(stack->last(count)));
    Stack results;
    if (!run_body(&results)) return false;
    stack->drop(count);
    for (Value& value : results) stack->push(std::move(value));
    return true;
  }
  int id;
};

struct Handler final : dc::DispatchHandler<Traits> {
  Handler(int n, Handler* p) : id(n), parent(p) {}
  bool dispatch(const Handle& op,
                Stack* stack,
                std::span<DispatchHandler* const> handlers) override {
    const std::size_t count = op.schema().arguments.size();
    say("\"event\":\"subclass\",\"id\":" + std::to_string(id) + ",\"op\":" +
        quoted(op.operator_name()) + ",\"args\":" + json_all(stack->last(count)) +
        ",\"handlers\":" + list_of(handlers, [](DispatchHandler* one) {
          return std::to_string(static_cast<Handler*>(one)->id);
        }));
    Stack results;
    if (!run_body(&results)) return false;
    stack->drop(count);
    for (Value& value : results) stack->push(std::move(value));
    return true;
  }
  bool is_derived_from(const DispatchHandler& other) const override {
    for (const Handler* one = parent; one != nullptr; one = one->parent) {
      if (one == &other) return true;
    }
    return false;
  }
  int id;
  Handler* parent;
};

std::map<int, std::unique_ptr<Handler>> handlers;

struct Hooks final : dc::VariableHooks<Traits> {
  bool is_grad_enabled() override { return enabled; }
  bool requires_grad(const Tensor& tensor) override {
    return tensor.defined() && impl_of(tensor)->requires_grad;
  }
  void register_hook(const Tensor& tensor, const Node& node) override {
    impl_of(tensor)->nodes.push_back(node);
  }
  void set_history(const Tensor& tensor,
                   const Node& node,
                   const std::vector<Tensor>&) override {
    impl_of(tensor)->requires_grad = true;
    impl_of(tensor)->nodes.push_back(node);
  }
  bool enabled = true;
};
Hooks hooks;

std::vector<std::string> warnings;

struct Watcher final : dc::Observer<Traits> {
  explicit Watcher(bool everything) : sees_all(everything) {}
  void on_start(const dc::Event<Traits>& event) override {
    seen.push_back("{\"name\":" + quoted(event.name) + ",\"depth\":" +
                   std::to_string(depth++) + ",\"keys\":" + raw(event.keys) +
                   ",\"redispatch\":" + (event.is_redispatch ? "true" : "false") + "}");
  }
  void on_end(const dc::Event<Traits>&) noexcept override { --depth; }
  bool sees_redispatches() const override { return sees_all; }
  bool sees_all;
  int depth = 0;
  std::vector<std::string> seen;
};

// ---- guards

struct Guard {
  virtual ~Guard() = default;
};
template <class T>
struct Holds final : Guard {
  template <class... Args>
  explicit Holds(Args&&... args) : guard(std::forward<Args>(args)...) {}
  T guard;
};
struct ModeGuard final : Guard {
  explicit ModeGuard(int id) : mode(id), guard(mode) {}
  Mode mode;
  dc::DispatchModeGuard<Traits> guard;
};
struct WatcherGuard final : Guard {
  explicit WatcherGuard(bool everything)
      : watcher(std::make_shared<Watcher>(everything)), guard(watcher) {}
  std::shared_ptr<Watcher> watcher;
  dc::ObserverGuard<Traits> guard;
};

std::map<int, std::unique_ptr<Guard>> guards;

std::unique_ptr<Guard> guard_of(Words& words) {
  const std::string kind = word(words);
  if (kind == "include") {
    return std::make_unique<Holds<dc::IncludeDispatchKeyGuard<Traits>>>(keys(words));
  }
  if (kind == "exclude") {
    return std::make_unique<Holds<dc::ExcludeDispatchKeyGuard<Traits>>>(keys(words));
  }
  if (kind == "force") {
    const KeySet include = keys(words);
    return std::make_unique<Holds<dc::ForceDispatchKeyGuard<Traits>>>(include,
                                                                      keys(words));
  }
  if (kind == "preserve") {
    return std::make_unique<Holds<dc::PreserveDispatchKeyGuard<Traits>>>();
  }
  if (kind == "snapshot") {
    return std::make_unique<Holds<dc::RestorePythonTLSSnapshot<Traits>>>();
  }
  if (kind == "python_dispatcher") {
    return std::make_unique<Holds<dc::EnablePythonDispatcher<Traits>>>();
  }
  if (kind == "mode") return std::make_unique<ModeGuard>(number(words));
  if (kind == "observer") return std::make_unique<WatcherGuard>(number(words) != 0);
#define RUNNER_GUARD(name) \
  if (kind == #name) return std::make_unique<Holds<own::name>>()
  RUNNER_GUARD(AutoDispatchBelowAutograd);
  RUNNER_GUARD(AutoNonVariableTypeMode);
  RUNNER_GUARD(AutoDispatchBelowADInplaceOrView);
  RUNNER_GUARD(AutoDispatchSkipFunctionalize);
  throw BadCommand{"no guard " + kind};
}

// ---- the commands

std::map<std::string, std::unique_ptr<Library>> libraries;

Library& library(Words& words) {
  const std::string name = word(words);
  const auto found = libraries.find(name);
  if (found == libraries.end()) throw BadCommand{"no library " + name};
  return *found->second;
}

Handle op_of(Words& words) {
  return Dispatcher::singleton().findSchemaOrThrow(word(words));
}

void call(Words& words, bool is_redispatch) {
  const std::string name = word(words);
  const std::string type = word(words);
  KeySet given;
  if (is_redispatch) given = keys(words);
  Stack stack;
  // Below the arguments: it has to stay.
  stack.emplace(std::int64_t{-77});
  read_values(words, stack);
  if (const auto found = declared_operators().find(name);
      found != declared_operators().end() && type == "declared") {
    is_redispatch ? found->second.redispatch(given, &stack)
                  : found->second.call(&stack);
  } else {
    const Handle op = Dispatcher::singleton().findSchemaOrThrow(name);
    if (const auto typed = types().find(type); typed != types().end()) {
      is_redispatch ? typed->second->redispatch(op, given, &stack)
                    : typed->second->call(op, &stack);
    } else if (is_redispatch) {
      op.redispatchBoxed(given, &stack);
    } else {
      op.callBoxed(&stack);
    }
  }
  if (stack.empty() || stack[0].ref<std::int64_t>() != -77) {
    throw BadCommand{"the stack is not as it was"};
  }
  ok(json_all(stack.last(stack.size() - 1)));
}

void run(const std::string& name, Words& words) {
  if (name == "library") {
    const std::string own_name = word(words);
    const std::string kind = word(words);
    const std::string ns = word(words);
    std::optional<Key> its_key;
    if (words >> std::ws; !words.eof()) its_key = key(words);
    libraries[own_name] =
        std::make_unique<Library>(kind == "DEF"    ? Library::DEF
                                  : kind == "IMPL" ? Library::IMPL
                                                   : Library::FRAGMENT,
                                  ns,
                                  its_key);
  } else if (name == "drop") {
    const std::string dropped = word(words);
    if (libraries.erase(dropped) == 0) throw BadCommand{"no library " + dropped};
  } else if (name == "define") {
    Library& into = library(words);
    std::string schema;
    std::getline(words >> std::ws, schema);
    into.def(schema);
  } else if (name == "impl") {
    Library& into = library(words);
    const std::string op = word(words);
    const std::string at = word(words);
    const int id = number(words);
    const std::string kind = word(words);
    const std::string type = word(words);
    if (at == "-") {
      into.impl(op, kernel_of(kind, type, op, id));
    } else {
      into.impl(op, key_named(at), kernel_of(kind, type, op, id), true);
    }
  } else if (name == "fallthrough") {
    Library& into = library(words);
    const std::string op = word(words);
    into.impl(op, key(words), Kernel::makeFallthrough(), true);
  } else if (name == "fallback") {
    Library& into = library(words);
    const Key at = key(words);
    const int id = number(words);
    into.fallback(at, boxed_kernel(word(words), id).value());
  } else if (name == "fallback_fallthrough") {
    Library& into = library(words);
    into.fallback(key(words), Kernel::makeFallthrough());
  } else if (name == "py_impl") {
    const Handle op = op_of(words);
    const Key at = key(words);
    const auto held = Dispatcher::singleton().lock();
    op.entry()->python_kernels.emplace_back(
        at, std::make_shared<const Kernel>(boxed_functor(number(words))));
  } else if (name == "tensor") {
    const int id = static_cast<int>(tensors.size());
    Impl* const made = new Impl(id, keys(words));
    tensors.push_back(Tensor::adopt(made));
    made->requires_grad = number(words) != 0;
    const int handler = number(words);
    if (handler >= 0) made->handler = handlers.at(handler).get();
    return ok(std::to_string(id));
  } else if (name == "class") {
    const int id = static_cast<int>(handlers.size());
    const int parent = number(words);
    handlers[id] =
        std::make_unique<Handler>(id, parent < 0 ? nullptr : handlers.at(parent).get());
    return ok(std::to_string(id));
  } else if (name == "requires_grad") {
    return ok(hooks.requires_grad(tensors.at(static_cast<std::size_t>(number(words))))
                  ? "true"
                  : "false");
  } else if (name == "backward") {
    for (const auto& node :
         impl_of(tensors.at(static_cast<std::size_t>(number(words))))->nodes) {
      node();
    }
    const auto said = std::exchange(warnings, {});
    return ok(list_of(said, [](const std::string& text) { return quoted(text); }));
  } else if (name == "call" || name == "redispatch") {
    return call(words, name == "redispatch");
  } else if (name == "push") {
    const int id = number(words);
    guards[id] = guard_of(words);
  } else if (name == "pop") {
    const auto found = guards.find(number(words));
    if (found == guards.end()) throw BadCommand{"no such guard"};
    std::string seen = "null";
    if (const auto* watching = dynamic_cast<WatcherGuard*>(found->second.get())) {
      seen = list_of(watching->watcher->seen,
                     [](const std::string& text) { return text; });
    }
    guards.erase(found);
    return ok(seen);
  } else if (name == "autograd") {
    const std::string mode = word(words);
    using Fallback = dc::AutogradFallback<Traits>;
    if (mode == "off") {
      Fallback::set_hooks(nullptr);
      Fallback::set_mode(dc::AutogradFallbackMode::warn);
    } else {
      Fallback::set_mode(mode == "nothing" ? dc::AutogradFallbackMode::nothing
                         : mode == "error" ? dc::AutogradFallbackMode::error
                                           : dc::AutogradFallbackMode::warn);
      Fallback::set_hooks(&hooks);
    }
  } else if (name == "grad") {
    hooks.enabled = number(words) != 0;
  } else if (name == "table") {
    return ok(quoted(dc::dispatch_dump_table(op_of(words))));
  } else if (name == "dump") {
    return ok(quoted(dc::dispatch_dump(op_of(words))));
  } else if (name == "has_kernel") {
    const Handle op = op_of(words);
    return ok(op.hasKernelForDispatchKey(key(words)) ? "true" : "false");
  } else if (name == "keys") {
    std::string text = "{";
    for (std::size_t value = 0; value < Layout::num_values; ++value) {
      const Key one = static_cast<Key>(value);
      if (text.size() > 1) text += ',';
      text += quoted(Traits::name(one)) + ":" + raw(KeySet(one));
    }
    return ok(text + '}');
  } else if (name == "operators") {
    return ok(list_of(Dispatcher::singleton().operators(),
                      [](const Handle& op) { return quoted(op.operator_name()); }));
  } else if (name != "tls") {
    throw BadCommand{"no command " + name};
  }
  ok();
}

void failed(const char* kind, const std::string& what) {
  say("\"error\":" + quoted(kind) + ",\"what\":" + quoted(what));
}

bool run_command(const std::string& line) {
  Words words(line);
  std::string name;
  if (!(words >> name)) return true;
  try {
    run(name, words);
    return true;
  } catch (const Raised& raised) {
    say("\"error\":\"raised\",\"what\":\"\",\"id\":" + std::to_string(raised.number));
  } catch (const BadCommand& bad) {
    failed("command", bad.text);
  } catch (const dc::NotImplementedError& error) {
    failed("NotImplementedError", error.what());
  } catch (const dc::TypeError& error) {
    failed("TypeError", error.what());
  } catch (const dc::RegistrationError& error) {
    failed("RegistrationError", error.what());
  } catch (const dc::SchemaError& error) {
    failed("SchemaError", error.what());
  } catch (const dc::DispatchError& error) {
    failed("DispatchError", error.what());
  } catch (const std::exception& error) {
    failed("exception", error.what());
  }
  return false;
}

}  // namespace

dispatch_codegen::DispatchHandler<Traits>* own::dispatch_handler(const Tensor& tensor) {
  return tensor.defined() ? impl_of(tensor)->handler : nullptr;
}

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  Dispatcher::singleton().set_warning_handler(
      [](std::string_view text) { warnings.emplace_back(text); });
  std::string line;
  while (std::getline(std::cin, line)) run_command(line);
  guards.clear();
  libraries.clear();
}

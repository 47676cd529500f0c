%% The works of `roster bench`, done by OTP. Prints a line "figure", key, number for each.
%% A rate is the median of five rounds after a warm-up, as on our side.
%% Divisor is 1 for figures that count; more makes the works smaller by that factor.
-module(roster_peer).
-behaviour(gen_server).
-export([main/2, serve/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(CALLS, 200000).
-define(CASTS, 1000000).

%% A server that counts.
init(Count) -> {ok, Count}.
handle_call(get, _From, Count) -> {reply, Count, Count}.
handle_cast({add, N}, Count) -> {noreply, Count + N}.
handle_info(_, Count) -> {noreply, Count}.

start() -> {ok, Pid} = gen_server:start(?MODULE, 0, []), Pid.
start(N) -> [start() || _ <- lists:seq(1, N)].

%% Runs on a peer node: a server under a registered name.
serve(Name) -> {ok, Pid} = gen_server:start({local, Name}, ?MODULE, 0, []), Pid.

main(Divisor, Keys) ->
  put(divisor, Divisor),
  {Remote, Local} = lists:partition(fun is_remote/1, Keys),
  [work(Key) || Key <- Local],
  Remote =:= [] orelse remote(Remote).

is_remote(Key) -> lists:prefix("remote_", atom_to_list(Key)).

work(spawn) -> N = count(?CALLS), rate(spawn, N, fun() -> spawn_and_exit(N) end);
work(send_1_1) -> N = count(?CASTS), rate(send_1_1, N, fun() -> send_and_receive(N) end);
work(call_1_1) -> calls(call_1_1, start(1));
work(call_100_1) -> calls(call_100_1, lists:duplicate(100, start()));
work(call_100_100) -> calls(call_100_100, start(100));
work(cast_1_1) -> casts(cast_1_1, start(1));
work(cast_8_1) -> casts(cast_8_1, lists:duplicate(8, start()));
work(cast_100_100) -> casts(cast_100_100, start(100));
work(million_servers) ->
  N = count(1000000),
  figure(million_servers, elapsed(fun() -> start(N) end) / 1.0e9);
work(server_bytes) -> bytes(server_bytes, fun start/0);
work(process_bytes) -> bytes(process_bytes, fun idle/0).

calls(Key, Servers) -> each(Key, Servers, fun call/2, ?CALLS).
casts(Key, Servers) -> each(Key, Servers, fun cast/2, ?CASTS).

each(Key, Servers, Work, Full) ->
  Parties = length(Servers),
  N = max(count(Full), Parties),
  rate(Key, N, fun() -> together(Servers, Work, N div Parties) end).

%% With the time limit that a call has unless the caller says otherwise.
call(_, 0) -> ok;
call(Server, N) -> gen_server:call(Server, get), call(Server, N - 1).

cast(Server, 0) -> gen_server:call(Server, get, infinity);
cast(Server, N) -> gen_server:cast(Server, {add, 1}), cast(Server, N - 1).

send_and_receive(N) ->
  Self = self(),
  Sink = spawn(fun() -> sink(N), Self ! received end),
  spawn(fun() -> send(Sink, N) end),
  receive received -> ok end.

send(_, 0) -> ok;
send(Sink, N) -> Sink ! message, send(Sink, N - 1).

sink(0) -> ok;
sink(N) -> receive message -> sink(N - 1) end.

spawn_and_exit(N) ->
  Self = self(),
  spawn(fun() -> spawn_all(N), Self ! spawned end),
  receive spawned -> ok end.

spawn_all(0) -> ok;
spawn_all(N) -> spawn(fun() -> ok end), spawn_all(N - 1).

idle() -> spawn(fun() -> receive stop -> ok end end).

bytes(Key, Start) ->
  N = max(count(500000), 10000),
  erlang:garbage_collect(),
  Before = erlang:memory(total),
  Pids = [Start() || _ <- lists:seq(1, N)],
  erlang:garbage_collect(),
  figure(Key, (erlang:memory(total) - Before) / length(Pids)),
  [exit(Pid, kill) || Pid <- Pids].

remote(Keys) ->
  Nodes = [begin
             {ok, _, Node} = peer:start_link(#{name => peer:random_name(), args => ["-pa", "."],
                                               connection => standard_io}),
             pong = net_adm:ping(Node),
             Node
           end || _ <- [1, 2]],
  [Node | _] = Nodes,
  erpc:call(Node, ?MODULE, serve, [echo]),
  [remote(Key, {echo, Node}) || Key <- Keys].

remote(remote_call_p50, Server) -> figure(remote_call_p50, time_of_call(Server, 0.50));
remote(remote_call_p99, Server) -> figure(remote_call_p99, time_of_call(Server, 0.99));
remote(remote_call_1, Server) -> each(remote_call_1, [Server], fun call/2, 20000);
remote(remote_call_100, Server) ->
  each(remote_call_100, lists:duplicate(100, Server), fun call/2, 100000);
remote(remote_cast, Server) -> each(remote_cast, [Server], fun cast/2, 500000);
remote(remote_register, _) ->
  N = count(1000),
  rate(remote_register, N, fun() -> register_all(N) end).

time_of_call(Server, Quantile) ->
  call(Server, count(20000)),
  N = count(50000),
  Times = lists:sort([elapsed(fun() -> call(Server, 1) end) || _ <- lists:seq(1, N)]),
  lists:nth(max(1, round(N * Quantile)), Times) / 1000.

%% A name for a process of its own, and away again: one caller, one after the other.
register_all(N) ->
  Pids = [idle() || _ <- lists:seq(1, N)],
  Names = [{bench, I} || I <- lists:seq(1, N)],
  [yes = global:register_name(Name, Pid) || {Name, Pid} <- lists:zip(Names, Pids)],
  [global:unregister_name(Name) || Name <- Names],
  [Pid ! stop || Pid <- Pids].

together(Servers, Work, N) ->
  Monitors = [spawn_monitor(fun() -> Work(Server, N) end) || Server <- Servers],
  [receive {'DOWN', Ref, process, Pid, normal} -> ok end || {Pid, Ref} <- Monitors].

count(Full) -> max(Full div get(divisor), 1).

rate(Key, Count, Work) ->
  Work(),
  Rates = lists:sort([Count * 1.0e9 / max(elapsed(Work), 1) || _ <- lists:seq(1, 5)]),
  figure(Key, lists:nth(3, Rates)).

elapsed(Work) ->
  T = erlang:monotonic_time(nanosecond),
  Work(),
  erlang:monotonic_time(nanosecond) - T.

figure(Key, Value) -> io:format("figure\t~s\t~.6f~n", [Key, Value * 1.0]).

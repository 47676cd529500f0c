%% The works of `roster bench`, done by OTP. Prints a line "figure", key, number for each.
%% A rate is the median of five rounds after a warm-up, as on our side.
-module(roster_peer).
-behaviour(gen_server).
-export([main/1, serve/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(CALLS, 200000).
-define(CASTS, 1000000).

%% A server that counts.
init(Count) -> {ok, Count}.
handle_call(get, _From, Count) -> {reply, Count, Count}.
handle_cast({add, N}, Count) -> {noreply, Count + N}.
handle_info(_, Count) -> {noreply, Count}.

start() -> {ok, Pid} = gen_server:start(?MODULE, 0, []), Pid.

%% Runs on a peer node: a server under a registered name.
serve(Name) -> {ok, Pid} = gen_server:start({local, Name}, ?MODULE, 0, []), Pid.

main(local) ->
  One = start(),
  Hundred = [start() || _ <- lists:seq(1, 100)],
  rate(spawn, ?CALLS, fun() -> spawn_and_exit(?CALLS) end),
  rate(call_1_1, ?CALLS, fun() -> together([One], fun call/2, ?CALLS) end),
  rate(call_100_1, ?CALLS,
       fun() -> together(lists:duplicate(100, One), fun call/2, ?CALLS div 100) end),
  rate(call_100_100, ?CALLS, fun() -> together(Hundred, fun call/2, ?CALLS div 100) end),
  rate(cast_1_1, ?CASTS, fun() -> together([One], fun cast/2, ?CASTS) end),
  rate(cast_8_1, ?CASTS, fun() -> together(lists:duplicate(8, One), fun cast/2, ?CASTS div 8) end),
  rate(cast_100_100, ?CASTS, fun() -> together(Hundred, fun cast/2, ?CASTS div 100) end);

main(remote) ->
  Nodes = [begin
             {ok, _, Node} = peer:start_link(#{name => peer:random_name(), args => ["-pa", "."],
                                               connection => standard_io}),
             pong = net_adm:ping(Node),
             Node
           end || _ <- [1, 2]],
  [Node | _] = Nodes,
  erpc:call(Node, ?MODULE, serve, [echo]),
  Server = {echo, Node},
  call(Server, 20000),
  Times = lists:sort([time_of(Server) || _ <- lists:seq(1, 50000)]),
  figure(remote_call_p50, lists:nth(25000, Times) / 1000),
  figure(remote_call_p99, lists:nth(49500, Times) / 1000),
  rate(remote_call_1, 20000, fun() -> together([Server], fun call/2, 20000) end),
  rate(remote_call_100, 100000,
       fun() -> together(lists:duplicate(100, Server), fun call/2, 1000) end),
  rate(remote_cast, 500000, fun() -> together([Server], fun cast/2, 500000) end),
  rate(register, 1000, fun() -> register_all(1000) end).

call(_, 0) -> ok;
call(Server, N) -> gen_server:call(Server, get, infinity), call(Server, N - 1).

cast(Server, 0) -> gen_server:call(Server, get, infinity);
cast(Server, N) -> gen_server:cast(Server, {add, 1}), cast(Server, N - 1).

time_of(Server) ->
  T = erlang:monotonic_time(nanosecond),
  gen_server:call(Server, get, infinity),
  erlang:monotonic_time(nanosecond) - T.

spawn_and_exit(N) ->
  Self = self(),
  spawn(fun() -> spawn_all(N), Self ! spawned end),
  receive spawned -> ok end.

spawn_all(0) -> ok;
spawn_all(N) -> spawn(fun() -> ok end), spawn_all(N - 1).

%% A name for a process of its own, and away again: one caller, one after the other.
register_all(N) ->
  Pids = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, N)],
  Names = [{bench, I} || I <- lists:seq(1, N)],
  [yes = global:register_name(Name, Pid) || {Name, Pid} <- lists:zip(Names, Pids)],
  [global:unregister_name(Name) || Name <- Names],
  [Pid ! stop || Pid <- Pids].

together(Servers, Work, N) ->
  Monitors = [spawn_monitor(fun() -> Work(Server, N) end) || Server <- Servers],
  [receive {'DOWN', Ref, process, Pid, normal} -> ok end || {Pid, Ref} <- Monitors].

rate(Key, Count, Work) ->
  Work(),
  Rates = lists:sort([Count * 1.0e9 / elapsed(Work) || _ <- lists:seq(1, 5)]),
  figure(Key, lists:nth(3, Rates)).

elapsed(Work) ->
  T = erlang:monotonic_time(nanosecond),
  Work(),
  erlang:monotonic_time(nanosecond) - T.

figure(Key, Value) -> io:format("figure\t~s\t~.3f~n", [Key, Value * 1.0]).

# The works of `roster bench` that Elixir adds to OTP. Prints a line "figure", key, number for each.
# A rate is the median of five rounds after a warm-up, as on our side.
# Arguments: a divisor, 1 for figures that count (more makes the works smaller), and the works' keys.

defmodule RosterPeer.Server do
  use GenServer

  def init(count), do: {:ok, count}
  def handle_call(:get, _from, count), do: {:reply, count, count}
end

defmodule RosterPeer do
  alias RosterPeer.Server

  @keys 1_000
  @lookups 1_000_000
  @calls 100_000
  @registrations 100_000
  @subscribers 1_000
  @dispatches 200
  @children 50_000
  @tasks 50_000
  @kills 2_000

  def main([divisor | keys]) do
    Process.put(:divisor, String.to_integer(divisor))
    Logger.configure(level: :none)
    partitions = System.schedulers_online()
    {:ok, _} = Registry.start_link(keys: :unique, name: Unique, partitions: partitions)
    {:ok, _} = Registry.start_link(keys: :duplicate, name: Topics, partitions: partitions)
    Enum.each(keys, &work/1)
  end

  defp work("registry_lookup" = key) do
    keys = for i <- 1..@keys, do: "key-#{i}"
    for k <- keys, do: {:ok, _} = Registry.register(Unique, k, nil)
    n = count(@lookups)
    rate(key, n, fn -> lookups(List.to_tuple(keys), n) end)
  end

  defp work("registry_call" = key) do
    {:ok, _} = GenServer.start(Server, 0, name: {:via, Registry, {Unique, "called"}})
    n = count(@calls)
    rate(key, n, fn -> calls(n) end)
  end

  defp work("registry_register" = key) do
    n = count(@registrations)
    rate(key, n, fn -> register_and_exit(n) end)
  end

  defp work("registry_dispatch" = key) do
    rounds = count(@dispatches)
    me = self()

    for _ <- 1..@subscribers do
      spawn_link(fn ->
        {:ok, _} = Registry.register(Topics, "topic", nil)
        send(me, :subscribed)
        subscriber(me, rounds, rounds)
      end)
    end

    await(:subscribed, @subscribers)
    rate(key, rounds * @subscribers, fn -> dispatch(rounds) end)
  end

  defp work("dynamic_child" = key) do
    n = count(@children)
    supervisor = supervisor()
    rate(key, n, fn -> children(supervisor, n, fn _ -> [] end) end)
  end

  defp work("dynamic_child_named" = key) do
    n = count(@children)
    supervisor = supervisor()
    name = fn i -> [name: {:via, Registry, {Unique, {:child, i}}}] end
    rate(key, n, fn -> children(supervisor, n, name) end)
  end

  defp work("task" = key) do
    n = count(@tasks)
    rate(key, n, fn -> tasks(n) end)
  end

  defp work("restart" = key) do
    name = {:via, Registry, {Unique, "restarted"}}
    spec = %{id: :restarted, start: {GenServer, :start_link, [Server, 0, [name: name]]}}
    {:ok, _} = DynamicSupervisor.start_child(supervisor(), spec)
    n = count(@kills)
    rounds(fn -> kills(n) end)
    |> Enum.map(fn nanos -> nanos / n / 1_000 end)
    |> median()
    |> figure(key)
  end

  defp lookups(_keys, 0), do: :ok

  defp lookups(keys, n) do
    [{_pid, _value}] = Registry.lookup(Unique, elem(keys, rem(n, @keys)))
    lookups(keys, n - 1)
  end

  defp calls(0), do: :ok

  defp calls(n) do
    GenServer.call({:via, Registry, {Unique, "called"}}, :get)
    calls(n - 1)
  end

  defp register_and_exit(n) do
    me = self()

    for i <- 1..n do
      spawn(fn ->
        {:ok, _} = Registry.register(Unique, {:registered, i}, nil)
        send(me, :registered)
      end)
    end

    await(:registered, n)
  end

  # Counts its messages; tells when it has had those of one round.
  defp subscriber(me, 0, rounds) do
    send(me, :heard)
    subscriber(me, rounds, rounds)
  end

  defp subscriber(me, left, rounds) do
    receive do
      :message -> subscriber(me, left - 1, rounds)
    end
  end

  defp dispatch(rounds) do
    for _ <- 1..rounds do
      Registry.dispatch(Topics, "topic", fn entries ->
        for {pid, _value} <- entries, do: send(pid, :message)
      end)
    end

    await(:heard, @subscribers)
  end

  defp supervisor do
    {:ok, pid} = DynamicSupervisor.start_link(strategy: :one_for_one, max_restarts: 1_000_000)
    pid
  end

  defp children(supervisor, n, options) do
    pids =
      for i <- 1..n do
        start = {GenServer, :start_link, [Server, 0, options.(i)]}
        spec = %{id: :child, start: start, restart: :temporary}
        {:ok, pid} = DynamicSupervisor.start_child(supervisor, spec)
        pid
      end

    for pid <- pids, do: :ok = DynamicSupervisor.terminate_child(supervisor, pid)
  end

  defp tasks(0), do: :ok

  defp tasks(n) do
    1 = Task.await(Task.async(fn -> 1 end))
    tasks(n - 1)
  end

  defp kills(0), do: :ok

  defp kills(n) do
    [{pid, _}] = Registry.lookup(Unique, "restarted")
    Process.exit(pid, :kill)
    await_other_than(pid)
    kills(n - 1)
  end

  defp await_other_than(pid) do
    case Registry.lookup(Unique, "restarted") do
      [{other, _}] when other != pid -> :ok
      _ -> await_other_than(pid)
    end
  end

  defp await(_message, 0), do: :ok

  defp await(message, n) do
    receive do
      ^message -> await(message, n - 1)
    end
  end

  defp count(full), do: max(div(full, Process.get(:divisor)), 1)

  defp rate(key, count, work) do
    rounds(work)
    |> Enum.map(fn nanos -> count * 1.0e9 / nanos end)
    |> median()
    |> figure(key)
  end

  # The nanoseconds of each round, warm-up left out.
  defp rounds(work) do
    work.()
    for _ <- 1..5, do: elapsed(work)
  end

  defp elapsed(work) do
    started = System.monotonic_time(:nanosecond)
    work.()
    max(System.monotonic_time(:nanosecond) - started, 1)
  end

  defp median(values), do: values |> Enum.sort() |> Enum.at(div(length(values), 2))

  defp figure(value, key), do: :io.format("figure\t~s\t~.6f~n", [key, value])
end

RosterPeer.main(System.argv())

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
    <context>
        <name>BackendDetails</name>
        <message>
            <source>No back end is running</source>
            <translation>실행 중인 백엔드가 없습니다</translation>
        </message>
        <message>
            <source>In preparation: %1</source>
            <translation>준비 중: %1</translation>
        </message>
        <message>
            <source>It takes over by itself as soon as it has proved itself.</source>
            <translation>확인이 끝나는 대로 자동으로 바뀝니다.</translation>
        </message>
        <message>
            <source>Not used: %1</source>
            <translation>사용 안 함: %1</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>hands %1 ms, gesture %2 ms, events %3 ms</source>
            <translation>손 %1 ms, 제스처 %2 ms, 이벤트 %3 ms</translation>
        </message>
        <message>
            <source>Mean time per frame</source>
            <translation>프레임당 평균 시간</translation>
        </message>
        <message>
            <source>Details of the back end</source>
            <translation>백엔드 자세히</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>Dismiss this notice</source>
            <translation>이 알림 닫기</translation>
        </message>
        <message>
            <source>Notice</source>
            <translation>알림</translation>
        </message>
    </context>
    <context>
        <name>BuiltInTile</name>
        <message>
            <source>More for “%1”</source>
            <translation>“%1” 더 보기</translation>
        </message>
        <message>
            <source>Pictures: %1</source>
            <translation>사진 %1장</translation>
        </message>
        <message>
            <source>Recognise “%1”</source>
            <translation>“%1” 인식</translation>
        </message>
    </context>
    <context>
        <name>ClosingQuestion</name>
        <message>
            <source>Training goes on</source>
            <translation>학습이 진행 중입니다</translation>
        </message>
        <message>
            <source>Your gestures are still being learnt.</source>
            <translation>아직 제스처를 배우고 있습니다.</translation>
        </message>
        <message>
            <source>If you close now, training stops. It can be gone on with the next time.</source>
            <translation>지금 닫으면 학습이 멈춥니다. 다음에 이어서 할 수 있습니다.</translation>
        </message>
        <message>
            <source>Train on</source>
            <translation>계속 학습</translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>멈추고 닫기</translation>
        </message>
    </context>
    <context>
        <name>Coach</name>
        <message>
            <source>Show your hand to the camera</source>
            <translation>카메라에 손을 보여 주세요</translation>
        </message>
        <message>
            <source>It is too dark: turn on a light</source>
            <translation>너무 어두워요. 불을 켜 주세요</translation>
        </message>
        <message>
            <source>Move more slowly</source>
            <translation>천천히 움직여 주세요</translation>
        </message>
        <message>
            <source>You are far away: come closer</source>
            <translation>너무 멀어요. 가까이 와 주세요</translation>
        </message>
        <message>
            <source>Too close: move your hand back</source>
            <translation>너무 가까워요. 손을 뒤로 빼 주세요</translation>
        </message>
        <message>
            <source>Keep the whole hand in the picture</source>
            <translation>손 전체가 화면에 보이게 해 주세요</translation>
        </message>
        <message>
            <source>Turn your wrist</source>
            <translation>손목을 돌려 보세요</translation>
        </message>
        <message>
            <source>Come closer</source>
            <translation>더 가까이 와 보세요</translation>
        </message>
        <message>
            <source>Move your hand back a little</source>
            <translation>손을 조금 뒤로 빼 보세요</translation>
        </message>
        <message>
            <source>Move your hand to the side</source>
            <translation>손을 옆으로 옮겨 보세요</translation>
        </message>
        <message>
            <source>Use the other hand</source>
            <translation>다른 손으로 해 보세요</translation>
        </message>
        <message>
            <source>Well done, that is enough</source>
            <translation>잘했어요. 이만하면 충분해요</translation>
        </message>
        <message>
            <source>Good, go on</source>
            <translation>좋아요, 계속하세요</translation>
        </message>
        <message>
            <source>Type on your keyboard</source>
            <translation>키보드를 쳐 보세요</translation>
        </message>
        <message>
            <source>Drink from a cup</source>
            <translation>컵으로 물을 마셔 보세요</translation>
        </message>
        <message>
            <source>Scratch your nose</source>
            <translation>코를 긁어 보세요</translation>
        </message>
        <message>
            <source>Run your hand through your hair</source>
            <translation>머리를 쓸어 넘겨 보세요</translation>
        </message>
        <message>
            <source>Pick up your phone</source>
            <translation>휴대전화를 집어 보세요</translation>
        </message>
        <message>
            <source>Talk with your hands</source>
            <translation>손짓하며 말해 보세요</translation>
        </message>
        <message>
            <source>Rest your chin on your hand</source>
            <translation>손으로 턱을 괴어 보세요</translation>
        </message>
        <message>
            <source>Open and close your hand</source>
            <translation>손을 폈다 쥐어 보세요</translation>
        </message>
        <message>
            <source>Ready when you are</source>
            <translation>준비됐어요</translation>
        </message>
    </context>
    <context>
        <name>ComparisonTable</name>
        <message>
            <source>Gesture</source>
            <translation>제스처</translation>
        </message>
        <message>
            <source>Recognised</source>
            <translation>인식률</translation>
        </message>
        <message>
            <source>Right when named</source>
            <translation>맞힌 비율</translation>
        </message>
        <message>
            <source>not measured</source>
            <translation>측정 안 됨</translation>
        </message>
        <message>
            <source>other: %1</source>
            <translation>상대: %1</translation>
        </message>
        <message>
            <source>%1; “%2”: %3</source>
            <translation>%1; “%2”: %3</translation>
        </message>
    </context>
    <context>
        <name>ComparisonTableView</name>
        <message>
            <source>Both versions, gesture by gesture</source>
            <translation>두 버전의 제스처별 비교</translation>
        </message>
    </context>
    <context>
        <name>ConfusionMatrix</name>
        <message>
            <source>Confusion matrix: shown in rows, named in columns</source>
            <translation>혼동 행렬: 행은 보여 준 제스처, 열은 인식 결과</translation>
        </message>
    </context>
    <context>
        <name>CurvesView</name>
        <message>
            <source>Curves of the training</source>
            <translation>학습 곡선</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Right on hands held out</source>
            <translation>따로 둔 손의 정답률</translation>
        </message>
    </context>
    <context>
        <name>DeveloperOverlay</name>
        <message>
            <source>Latency and rates</source>
            <translation>지연 시간과 속도</translation>
        </message>
        <message>
            <source>hands %1, gesture %2, events %3 ms</source>
            <translation>손 %1, 제스처 %2, 이벤트 %3 ms</translation>
        </message>
        <message>
            <source>%1 per second, %2 dropped of %3</source>
            <translation>초당 %1, %3개 중 %2개 버림</translation>
        </message>
        <message>
            <source>Since the camera's picture</source>
            <translation>카메라 영상부터</translation>
        </message>
        <message>
            <source>p50 / p95 ms</source>
            <translation>p50 / p95 ms</translation>
        </message>
        <message>
            <source>recognition begins</source>
            <translation>인식 시작</translation>
        </message>
        <message>
            <source>hands seen</source>
            <translation>손 발견</translation>
        </message>
        <message>
            <source>gesture named</source>
            <translation>제스처 판별</translation>
        </message>
        <message>
            <source>painted</source>
            <translation>화면에 그림</translation>
        </message>
        <message>
            <source>Frames</source>
            <translation>프레임</translation>
        </message>
        <message>
            <source>Mean time per frame</source>
            <translation>프레임당 평균 시간</translation>
        </message>
        <message>
            <source>Back end</source>
            <translation>백엔드</translation>
        </message>
    </context>
    <context>
        <name>EventList</name>
        <message>
            <source>Recent gestures</source>
            <translation>최근 제스처</translation>
        </message>
        <message>
            <source>Gestures recognised so far, newest first</source>
            <translation>지금까지 인식한 제스처, 최신순</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>1. Name it</source>
            <translation>1. 이름 짓기</translation>
        </message>
        <message>
            <source>2. Record it twice</source>
            <translation>2. 두 번 녹화하기</translation>
        </message>
        <message>
            <source>3. Train</source>
            <translation>3. 학습하기</translation>
        </message>
        <message>
            <source>Show it to the camera, half a minute each time, in two places.</source>
            <translation>서로 다른 두 곳에서 30초씩 카메라에 보여 주세요.</translation>
        </message>
        <message>
            <source>You see how good it has become before you switch it on.</source>
            <translation>얼마나 잘되는지 확인한 뒤에 켭니다.</translation>
        </message>
        <message>
            <source>Teach the app a gesture of your own</source>
            <translation>나만의 제스처를 가르쳐 보세요</translation>
        </message>
        <message>
            <source>Type a name above and press Enter.</source>
            <translation>위에 이름을 쓰고 Enter 키를 누르세요.</translation>
        </message>
    </context>
    <context>
        <name>FolderView</name>
        <message>
            <source>The folder cannot be shown</source>
            <translation>폴더를 열 수 없습니다</translation>
        </message>
        <message>
            <source>there is nothing in it yet</source>
            <translation>아직 아무것도 없습니다</translation>
        </message>
        <message>
            <source>It is made when something is kept there.</source>
            <translation>무언가 저장되면 만들어집니다.</translation>
        </message>
        <message>
            <source>no file manager answered</source>
            <translation>응답하는 파일 관리자가 없습니다</translation>
        </message>
        <message>
            <source>Open it yourself: %1</source>
            <translation>직접 여세요: %1</translation>
        </message>
    </context>
    <context>
        <name>Gesture</name>
        <message>
            <source>Call</source>
            <translation>전화</translation>
        </message>
        <message>
            <source>Dislike</source>
            <translation>싫어요</translation>
        </message>
        <message>
            <source>Fist</source>
            <translation>주먹</translation>
        </message>
        <message>
            <source>Four</source>
            <translation>넷</translation>
        </message>
        <message>
            <source>Like</source>
            <translation>좋아요</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>쉿</translation>
        </message>
        <message>
            <source>No gesture</source>
            <translation>제스처 없음</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>오케이</translation>
        </message>
        <message>
            <source>One</source>
            <translation>하나</translation>
        </message>
        <message>
            <source>Palm</source>
            <translation>손바닥</translation>
        </message>
        <message>
            <source>Peace</source>
            <translation>브이</translation>
        </message>
        <message>
            <source>Peace, reversed</source>
            <translation>브이 (손등)</translation>
        </message>
        <message>
            <source>Rock</source>
            <translation>록</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>Stop, reversed</source>
            <translation>멈춤 (손등)</translation>
        </message>
        <message>
            <source>Three</source>
            <translation>셋</translation>
        </message>
        <message>
            <source>Three (thumb)</source>
            <translation>셋 (엄지)</translation>
        </message>
        <message>
            <source>Two together</source>
            <translation>둘 (붙임)</translation>
        </message>
        <message>
            <source>Two, reversed</source>
            <translation>둘 (손등)</translation>
        </message>
        <message>
            <source>Anything else</source>
            <translation>그 밖의 동작</translation>
        </message>
    </context>
    <context>
        <name>GestureCard</name>
        <message>
            <source>Review the pictures of “%1”</source>
            <translation>“%1” 사진 살펴보기</translation>
        </message>
        <message>
            <source>More for “%1”</source>
            <translation>“%1” 더 보기</translation>
        </message>
        <message>
            <source>New name of “%1”</source>
            <translation>“%1”의 새 이름</translation>
        </message>
        <message>
            <source>Not recorded yet.</source>
            <translation>아직 녹화하지 않았습니다.</translation>
        </message>
        <message>
            <source>Pictures: %1 · Recordings: %2</source>
            <translation>사진 %1장 · 녹화 %2회</translation>
        </message>
        <message>
            <source>Recognise “%1”</source>
            <translation>“%1” 인식</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>녹화</translation>
        </message>
        <message>
            <source>Record half a minute of what is no gesture: typing, drinking, scratching your nose. From it the app learns when to stay silent.</source>
            <translation>제스처가 아닌 동작을 30초쯤 녹화하세요: 타자 치기, 물 마시기, 코 긁기. 앱이 언제 반응하지 않아야 하는지 배웁니다.</translation>
        </message>
        <message>
            <source>Record it once more in another place: only that shows how good it is.</source>
            <translation>다른 곳에서 한 번 더 녹화하세요. 그래야 얼마나 잘되는지 알 수 있습니다.</translation>
        </message>
        <message>
            <source>Record pictures of “%1”</source>
            <translation>“%1” 녹화하기</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>살펴보기</translation>
        </message>
        <message>
            <source>The more it sees of this, the seldomer it is wrong.</source>
            <translation>이런 동작을 많이 볼수록 덜 틀립니다.</translation>
        </message>
    </context>
    <context>
        <name>GestureCollection</name>
        <message>
            <source>Pictures deleted: %1</source>
            <translation>사진 %1장을 삭제했습니다</translation>
        </message>
        <message>
            <source>Pictures moved to “%2”: %1</source>
            <translation>사진 %1장을 “%2”(으)로 옮겼습니다</translation>
        </message>
        <message>
            <source>“%2” is deleted (pictures: %1)</source>
            <translation>“%2” 삭제됨 (사진 %1장)</translation>
        </message>
        <message>
            <source>“%2” is merged (pictures: %1)</source>
            <translation>“%2” 합쳐짐 (사진 %1장)</translation>
        </message>
    </context>
    <context>
        <name>GestureMenu</name>
        <message>
            <source>Colour</source>
            <translation>색</translation>
        </message>
        <message>
            <source>Colour %1</source>
            <translation>색 %1</translation>
        </message>
        <message>
            <source>Colour %1 (now)</source>
            <translation>색 %1 (현재)</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Merge into</source>
            <translation>다음에 합치기</translation>
        </message>
        <message>
            <source>Record pictures</source>
            <translation>사진 녹화</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>이름 바꾸기</translation>
        </message>
        <message>
            <source>Review pictures</source>
            <translation>사진 살펴보기</translation>
        </message>
    </context>
    <context>
        <name>GesturesPage</name>
        <message>
            <source>Add and record</source>
            <translation>추가하고 녹화</translation>
        </message>
        <message>
            <source>Add this gesture and record it</source>
            <translation>이 제스처를 추가하고 녹화합니다</translation>
        </message>
        <message>
            <source>Built in</source>
            <translation>기본 제스처</translation>
        </message>
        <message>
            <source>Gestures</source>
            <translation>제스처</translation>
        </message>
        <message>
            <source>Name of a new gesture</source>
            <translation>새 제스처 이름</translation>
        </message>
        <message>
            <source>Pictures that cannot be read: %1</source>
            <translation>읽을 수 없는 사진 %1장</translation>
        </message>
        <message>
            <source>Teach the app what you have recorded</source>
            <translation>녹화한 것을 앱에 가르칩니다</translation>
        </message>
        <message>
            <source>The app knows these already. Switch off what you do not use.</source>
            <translation>앱이 이미 아는 제스처입니다. 쓰지 않는 것은 끄세요.</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>학습</translation>
        </message>
    </context>
    <context>
        <name>Hand</name>
        <message>
            <source>Left hand</source>
            <translation>왼손</translation>
        </message>
        <message>
            <source>Right hand</source>
            <translation>오른손</translation>
        </message>
        <message>
            <source>L</source>
            <comment>badge of the left hand</comment>
            <translation>왼</translation>
        </message>
        <message>
            <source>R</source>
            <comment>badge of the right hand</comment>
            <translation>오</translation>
        </message>
        <message>
            <source>Try-out: %1</source>
            <translation>시험: %1</translation>
        </message>
    </context>
    <context>
        <name>HandRow</name>
        <message>
            <source>Not in view</source>
            <translation>보이지 않음</translation>
        </message>
    </context>
    <context>
        <name>JudgementTable</name>
        <message>
            <source>Gesture</source>
            <translation>제스처</translation>
        </message>
        <message>
            <source>Recognised</source>
            <translation>인식률</translation>
        </message>
        <message>
            <source>Right when named</source>
            <translation>인식 결과의 정확도</translation>
        </message>
        <message>
            <source>Recall: of the pictures that show the gesture, how many are named so</source>
            <translation>재현율: 이 제스처를 보여 준 사진 중 그렇게 인식된 비율</translation>
        </message>
        <message>
            <source>Precision: of the pictures that are named so, how many show the gesture</source>
            <translation>정밀도: 이 제스처로 인식된 사진 중 실제로 이 제스처인 비율</translation>
        </message>
        <message>
            <source>no pictures</source>
            <translation>사진 없음</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1/%2</translation>
        </message>
        <message>
            <source>before: %1</source>
            <translation>이전: %1</translation>
        </message>
        <message>
            <source>%1; before: %2</source>
            <translation>%1; 이전: %2</translation>
        </message>
    </context>
    <context>
        <name>JudgementView</name>
        <message>
            <source>Your gestures</source>
            <translation>내 제스처</translation>
        </message>
        <message>
            <source>What it knew before</source>
            <translation>원래 알던 제스처</translation>
        </message>
        <message>
            <source>Gestures that collide</source>
            <translation>서로 헷갈리는 제스처</translation>
        </message>
        <message>
            <source>What was taken for what</source>
            <translation>무엇을 무엇으로 인식했나</translation>
        </message>
        <message>
            <source>Rows: what was shown. Columns: what it was named. Open a cell for its pictures.</source>
            <translation>행은 보여 준 제스처, 열은 인식 결과입니다. 칸을 열면 사진이 보입니다.</translation>
        </message>
        <message>
            <source>Show every built-in gesture</source>
            <translation>기본 제스처 모두 보기</translation>
        </message>
        <message>
            <source>Show every gesture</source>
            <translation>제스처 모두 보기</translation>
        </message>
        <message>
            <source>Built-in gestures</source>
            <translation>기본 제스처</translation>
        </message>
    </context>
    <context>
        <name>JudgementWords</name>
        <message>
            <source>%1 is recognised in %2 of %3 pictures that it had never seen.</source>
            <translation>%1: 처음 보는 사진 %3장 중 %2장에서 인식됩니다.</translation>
        </message>
        <message>
            <source>Your %1 gestures are recognised in %2 of %3 pictures never seen before.</source>
            <translation>내 제스처 %1개가 처음 보는 사진 %3장 중 %2장에서 인식됩니다.</translation>
        </message>
        <message>
            <source>Your gestures have too few different pictures to be judged.</source>
            <translation>서로 다른 사진이 너무 적어 내 제스처를 평가할 수 없습니다.</translation>
        </message>
        <message>
            <source>The built-in gestures are recognised in %1 of %2 pictures kept out of this.</source>
            <translation>기본 제스처가 이번 학습에 쓰지 않은 사진 %2장 중 %1장에서 인식됩니다.</translation>
        </message>
        <message>
            <source>%1 (%2 of %3)</source>
            <translation>%1(%3장 중 %2장)</translation>
        </message>
        <message>
            <source>Least often: %1. More pictures, in other poses and places, help.</source>
            <translation>가장 자주 놓친 제스처: %1. 다른 자세와 장소에서 사진을 더 찍으면 나아집니다.</translation>
        </message>
        <message>
            <source>Not judged, for want of different pictures: %1.</source>
            <translation>서로 다른 사진이 부족해 평가하지 못한 제스처: %1.</translation>
        </message>
        <message>
            <source>Judged on one recording of each gesture, which this model did not learn from.</source>
            <translation>제스처마다 이 모델이 배우지 않은 녹화 하나로 평가했습니다.</translation>
        </message>
        <message>
            <source>Judged on whole recordings, each by a model that had learnt from the others only.</source>
            <translation>녹화 단위로 평가했습니다. 각 녹화는 나머지 녹화만 배운 모델로 평가했습니다.</translation>
        </message>
        <message>
            <source>Judged on parts of a single recording: %1. This flatters: place, light and minute are the same. Record a second time, elsewhere or sitting differently.</source>
            <translation>한 번의 녹화를 나누어 평가했습니다: %1. 장소, 조명, 시각이 같아 실제보다 좋게 나옵니다. 다른 곳에서 또는 자세를 바꾸어 한 번 더 녹화하세요.</translation>
        </message>
        <message>
            <source>There were no hands to judge the built-in gestures by.</source>
            <translation>기본 제스처를 평가할 손 사진이 없었습니다.</translation>
        </message>
        <message>
            <source>Rendered hands, which neither model learnt from: %1 right before, %2 now, of %3.</source>
            <translation>두 모델 모두 배우지 않은 렌더링한 손 %3개 중 맞은 수: 이전 %1, 지금 %2.</translation>
        </message>
        <message>
            <source>Other hands, kept out of this training: %1 right before, %2 now, of %3. The bundled model once learnt from them, so look at the difference.</source>
            <translation>이번 학습에 쓰지 않은 다른 손 %3개 중 맞은 수: 이전 %1, 지금 %2. 기본 모델이 전에 배운 사진이므로 차이를 보세요.</translation>
        </message>
        <message>
            <source>Lost: %1.</source>
            <translation>나빠진 제스처: %1.</translation>
        </message>
        <message>
            <source>Gained: %1.</source>
            <translation>좋아진 제스처: %1.</translation>
        </message>
        <message>
            <source>None of them lost or gained 2 points or more.</source>
            <translation>2%p 이상 나빠지거나 좋아진 제스처가 없습니다.</translation>
        </message>
        <message>
            <source>There were no hands without a gesture to judge false alarms by.</source>
            <translation>오인식을 평가할, 제스처가 아닌 손 사진이 없었습니다.</translation>
        </message>
        <message>
            <source>Hands without a gesture, taken for one: %1 of %2 before, %3 now.</source>
            <translation>제스처가 아닌 손을 제스처로 인식한 수: %2개 중 이전 %1, 지금 %3.</translation>
        </message>
        <message>
            <source>Most often for: %1.</source>
            <translation>가장 많이 잘못 인식한 제스처: %1.</translation>
        </message>
        <message>
            <source>%1 is close to %2 in %3 of its pictures, and not taken for it so far.</source>
            <translation>%1 사진의 %3가 %2와(과) 비슷하지만, 아직 그것으로 인식되지는 않습니다.</translation>
        </message>
        <message>
            <source>%1 is taken for %2 in %3 of its pictures.</source>
            <translation>%1 사진의 %3가 %2(으)로 인식됩니다.</translation>
        </message>
        <message>
            <source>Record more of both in this pose, or choose another pose for one.</source>
            <translation>두 제스처를 이 자세로 더 녹화하거나, 둘 중 하나의 자세를 바꾸세요.</translation>
        </message>
        <message>
            <source>Record more of both in this pose, choose a pose for %1 that differs more, or switch %2 off if you do not need it.</source>
            <translation>두 제스처를 이 자세로 더 녹화하거나, %1에 더 다른 자세를 고르거나, 필요 없다면 %2을(를) 끄세요.</translation>
        </message>
        <message>
            <source>%1, named right: %2 of %3</source>
            <translation>%1, 맞게 인식: %3장 중 %2장</translation>
        </message>
        <message>
            <source>%1, named %2: %3 of %4</source>
            <translation>%1, %2(으)로 인식: %4장 중 %3장</translation>
        </message>
        <message>
            <source>These hands are rendered; they come with the bundled model.</source>
            <translation>렌더링한 손이며, 기본 모델에 딸려 있습니다.</translation>
        </message>
        <message>
            <source>These hands are other people's; their pictures are not in the app.</source>
            <translation>다른 사람들의 손이며, 사진은 앱에 들어 있지 않습니다.</translation>
        </message>
        <message>
            <source>%1 of your pictures:</source>
            <translation>내 사진 %1장:</translation>
        </message>
        <message>
            <source>Your pictures:</source>
            <translation>내 사진:</translation>
        </message>
        <message>
            <source>no pictures</source>
            <translation>사진 없음</translation>
        </message>
        <message>
            <source>%1, %2 of %3, likely between %4 and %5</source>
            <translation>%1, %3장 중 %2장, 아마 %4에서 %5 사이</translation>
        </message>
        <message>
            <source>The built-in gestures suffer: %1 recognised before, %2 now.</source>
            <translation>기본 제스처가 나빠졌습니다: 인식률 이전 %1, 지금 %2.</translation>
        </message>
        <message>
            <source>Some may be your very gesture: people who sign are among them.</source>
            <translation>수어를 쓰는 사람들의 손도 있어, 일부는 실제로 내 제스처일 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>LivePage</name>
        <message>
            <source>Mirror</source>
            <translation>거울</translation>
        </message>
        <message>
            <source>Show the picture as in a mirror (M)</source>
            <translation>거울처럼 좌우를 바꾸어 보기 (M)</translation>
        </message>
        <message>
            <source>Show the picture as in a mirror</source>
            <translation>거울처럼 좌우를 바꾸어 보기</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>지금</translation>
        </message>
        <message>
            <source>Recent gestures</source>
            <translation>최근 제스처</translation>
        </message>
        <message>
            <source>Show a gesture to the camera: it will be listed here.</source>
            <translation>카메라에 제스처를 보여 주면 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>계속</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>일시 정지</translation>
        </message>
        <message>
            <source>Pause or resume (Space)</source>
            <translation>일시 정지 또는 계속 (스페이스 바)</translation>
        </message>
        <message>
            <source>with “%1”</source>
            <translation>“%1” 사용</translation>
        </message>
        <message>
            <source>Getting another model ready…</source>
            <translation>다른 모델 준비 중…</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Gesture Studio</source>
            <translation>제스처 스튜디오</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>페이지</translation>
        </message>
    </context>
    <context>
        <name>Message</name>
        <message>
            <source>%1 cannot be built</source>
            <translation>%1을(를) 만들 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot be opened</source>
            <translation>%1을(를) 열 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot be played</source>
            <translation>%1을(를) 재생할 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot be read</source>
            <translation>%1을(를) 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot be read (%2)</source>
            <translation>%1을(를) 읽을 수 없습니다 (%2)</translation>
        </message>
        <message>
            <source>%1 cannot be unpacked (%2)</source>
            <translation>%1의 압축을 풀 수 없습니다 (%2)</translation>
        </message>
        <message>
            <source>%1 cannot load the model</source>
            <translation>%1이(가) 모델을 불러올 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot run</source>
            <translation>%1을(를) 실행할 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot use the model</source>
            <translation>%1이(가) 모델을 사용할 수 없습니다</translation>
        </message>
        <message>
            <source>%1 does not exist</source>
            <translation>%1이(가) 없습니다</translation>
        </message>
        <message>
            <source>%1 does not open, another program may be using it</source>
            <translation>%1이(가) 열리지 않습니다. 다른 프로그램이 사용 중일 수 있습니다</translation>
        </message>
        <message>
            <source>%1 ends early</source>
            <translation>%1이(가) 일찍 끝납니다</translation>
        </message>
        <message>
            <source>%1 failed</source>
            <translation>%1이(가) 실패했습니다</translation>
        </message>
        <message>
            <source>%1 has failed</source>
            <translation>%1이(가) 작동을 멈췄습니다</translation>
        </message>
        <message>
            <source>%1 has nothing to show</source>
            <translation>%1에 보여 줄 것이 없습니다</translation>
        </message>
        <message>
            <source>%1 has stopped</source>
            <translation>%1이(가) 멈췄습니다</translation>
        </message>
        <message>
            <source>%1 has taken over.</source>
            <translation>%1이(가) 이어받았습니다.</translation>
        </message>
        <message>
            <source>%1 is %2 bytes, more than the %3 allowed</source>
            <translation>%1의 크기가 %2바이트로, 허용된 %3바이트를 넘습니다</translation>
        </message>
        <message>
            <source>%1 is installed, ONNX Runtime needs TensorRT %2</source>
            <translation>%1이(가) 설치되어 있지만 ONNX Runtime에는 TensorRT %2이(가) 필요합니다</translation>
        </message>
        <message>
            <source>%1 is used</source>
            <translation>%1을(를) 사용합니다</translation>
        </message>
        <message>
            <source>%1 may not be used by this user</source>
            <translation>이 사용자는 %1을(를) 사용할 권한이 없습니다</translation>
        </message>
        <message>
            <source>%1 of its %2 frames could be read, so the file is damaged or was not copied completely</source>
            <translation>%2프레임 중 %1프레임만 읽을 수 있어, 파일이 손상되었거나 다 복사되지 않은 것 같습니다</translation>
        </message>
        <message>
            <source>%1 shows nothing</source>
            <translation>%1에서 아무것도 나오지 않습니다</translation>
        </message>
        <message>
            <source>%1 was altered or damaged (sha256 %2… instead of %3…)</source>
            <translation>%1이(가) 바뀌었거나 손상되었습니다 (sha256이 %3…이(가) 아니라 %2…)</translation>
        </message>
        <message>
            <source>%1, TensorRT %2</source>
            <translation>%1, TensorRT %2</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>%1:// is not a kind of stream known here</source>
            <translation>%1://은 지원하지 않는 스트림입니다</translation>
        </message>
        <message>
            <source>Allow it in System Settings, Privacy &amp; Security, Camera.</source>
            <translation>시스템 설정의 개인정보 보호 및 보안 &gt; 카메라에서 허용하세요.</translation>
        </message>
        <message>
            <source>Check that the file is a complete video, or choose another source.</source>
            <translation>파일이 온전한 동영상인지 확인하거나 다른 소스를 선택하세요.</translation>
        </message>
        <message>
            <source>Check the path, or choose another file.</source>
            <translation>경로를 확인하거나 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>Check the path, or choose another folder.</source>
            <translation>경로를 확인하거나 다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>Choose another camera, a file or the demo.</source>
            <translation>다른 카메라, 파일 또는 데모를 선택하세요.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>Connect to the internet (or your package registry) and run `gesture-app setup`.</source>
            <translation>인터넷(또는 사내 패키지 저장소)에 연결한 뒤 `gesture-app setup`을 실행하세요.</translation>
        </message>
        <message>
            <source>Copy or record it again if the rest is needed.</source>
            <translation>나머지가 필요하면 다시 복사하거나 녹화하세요.</translation>
        </message>
        <message>
            <source>Give a camera's full name or its number, a file, a folder, a URL, or demo.</source>
            <translation>카메라의 전체 이름이나 번호, 파일, 폴더, URL 또는 demo를 지정하세요.</translation>
        </message>
        <message>
            <source>Give a camera's number or name, a file, a folder, a URL, or demo.</source>
            <translation>카메라의 번호나 이름, 파일, 폴더, URL 또는 demo를 지정하세요.</translation>
        </message>
        <message>
            <source>Install the app again with `python3 installer/bootstrap.py`.</source>
            <translation>`python3 installer/bootstrap.py`로 앱을 다시 설치하세요.</translation>
        </message>
        <message>
            <source>Install the app again.</source>
            <translation>앱을 다시 설치하세요.</translation>
        </message>
        <message>
            <source>Install the model again, or choose another one.</source>
            <translation>모델을 다시 설치하거나 다른 모델을 선택하세요.</translation>
        </message>
        <message>
            <source>Install the package tensorrt-cu13.</source>
            <translation>tensorrt-cu13 패키지를 설치하세요.</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>폴더입니다</translation>
        </message>
        <message>
            <source>it accepts none of the GPUs here</source>
            <translation>이 컴퓨터의 GPU를 지원하지 않습니다</translation>
        </message>
        <message>
            <source>it answers with numbers that are not finite</source>
            <translation>유한하지 않은 숫자로 답합니다</translation>
        </message>
        <message>
            <source>it does not answer like the model: %1</source>
            <translation>모델과 다르게 답합니다: %1</translation>
        </message>
        <message>
            <source>it is no faster here: %1 ms a hand, %2 takes %3 ms</source>
            <translation>여기서는 더 빠르지 않습니다: 손 하나에 %1 ms, %2은(는) %3 ms</translation>
        </message>
        <message>
            <source>It is tried again by itself until it is back.</source>
            <translation>다시 나올 때까지 자동으로 계속 시도합니다.</translation>
        </message>
        <message>
            <source>it needs the package onnxruntime instead of onnxruntime-gpu</source>
            <translation>onnxruntime-gpu 대신 onnxruntime 패키지가 필요합니다</translation>
        </message>
        <message>
            <source>it was called off</source>
            <translation>취소되었습니다</translation>
        </message>
        <message>
            <source>it was not done after %1 s</source>
            <translation>%1초가 지나도 끝나지 않았습니다</translation>
        </message>
        <message>
            <source>it was not waited for</source>
            <translation>기다리지 않았습니다</translation>
        </message>
        <message>
            <source>its answers have shape %1, %2 answers %3</source>
            <translation>답의 형태가 %1인데 %2의 답은 %3입니다</translation>
        </message>
        <message>
            <source>its cache cannot be written (%1)</source>
            <translation>캐시에 쓸 수 없습니다 (%1)</translation>
        </message>
        <message>
            <source>its engine has yet to be built, which happens while the app runs</source>
            <translation>엔진을 아직 만들지 않았으며, 앱이 실행되는 동안 만듭니다</translation>
        </message>
        <message>
            <source>its library cannot be loaded (%1)</source>
            <translation>라이브러리를 불러올 수 없습니다 (%1)</translation>
        </message>
        <message>
            <source>its process ended with code %1</source>
            <translation>프로세스가 코드 %1(으)로 끝났습니다</translation>
        </message>
        <message>
            <source>its runtime left no engine behind</source>
            <translation>런타임이 엔진을 남기지 않았습니다</translation>
        </message>
        <message>
            <source>Make room on the disk or the folder writable, and run `gesture-app setup`.</source>
            <translation>디스크 공간을 확보하거나 폴더를 쓸 수 있게 한 뒤 `gesture-app setup`을 실행하세요.</translation>
        </message>
        <message>
            <source>Make room on the disk or the folder writable; until then they last until you quit.</source>
            <translation>디스크 공간을 확보하거나 폴더를 쓸 수 있게 하세요. 그때까지 설정은 종료할 때까지만 유지됩니다.</translation>
        </message>
        <message>
            <source>Make the folder writable.</source>
            <translation>폴더를 쓸 수 있게 하세요.</translation>
        </message>
        <message>
            <source>needs %1</source>
            <translation>%1이(가) 필요합니다</translation>
        </message>
        <message>
            <source>No inference back end can run</source>
            <translation>실행할 수 있는 추론 백엔드가 없습니다</translation>
        </message>
        <message>
            <source>No inference back end can run the model</source>
            <translation>모델을 실행할 수 있는 추론 백엔드가 없습니다</translation>
        </message>
        <message>
            <source>No source was named</source>
            <translation>소스를 지정하지 않았습니다</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>디스크에 남은 공간이 없습니다</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>파일이나 폴더가 없습니다</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot load the model</source>
            <translation>ONNX Runtime이 모델을 불러올 수 없습니다</translation>
        </message>
        <message>
            <source>ONNX Runtime fell back to %1, as it does when the provider's libraries cannot be loaded</source>
            <translation>ONNX Runtime이 %1(으)로 바꾸었습니다. 필요한 라이브러리를 불러올 수 없을 때 그렇게 합니다</translation>
        </message>
        <message>
            <source>ONNX Runtime is installed more than once</source>
            <translation>ONNX Runtime이 중복 설치되어 있습니다</translation>
        </message>
        <message>
            <source>onnxruntime %1 is too old, it needs %2</source>
            <translation>onnxruntime %1은(는) 너무 오래되었습니다. %2이(가) 필요합니다</translation>
        </message>
        <message>
            <source>Open it with another program to check it, or choose another file.</source>
            <translation>다른 프로그램으로 열어 확인하거나 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>Or choose another source.</source>
            <translation>또는 다른 소스를 선택하세요.</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>권한이 없습니다</translation>
        </message>
        <message>
            <source>Plug a camera in and choose it as the source, or open a file.</source>
            <translation>카메라를 연결하여 소스로 선택하거나 파일을 여세요.</translation>
        </message>
        <message>
            <source>Plug a camera in.</source>
            <translation>카메라를 연결하세요.</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>다시 연결하세요.</translation>
        </message>
        <message>
            <source>Plug it in and choose it as the source.</source>
            <translation>연결하여 소스로 선택하세요.</translation>
        </message>
        <message>
            <source>Plug it in firmly and close other programs that use it.</source>
            <translation>단단히 연결하고, 사용 중인 다른 프로그램을 닫으세요.</translation>
        </message>
        <message>
            <source>probabilities differ by %1 on average and %2 at worst, more than %3 and %4</source>
            <translation>확률이 평균 %1, 최대 %2만큼 달라 한도 %3과 %4을(를) 넘습니다</translation>
        </message>
        <message>
            <source>Recognition has stopped because of a bug in this app</source>
            <translation>이 앱의 버그 때문에 인식이 중단되었습니다</translation>
        </message>
        <message>
            <source>Recording has stopped because of a bug in this app</source>
            <translation>이 앱의 버그 때문에 녹화가 중단되었습니다</translation>
        </message>
        <message>
            <source>Run `gesture-app doctor` to see every back end and why it is (not) available.</source>
            <translation>`gesture-app doctor`를 실행하면 모든 백엔드와 그 상태의 이유를 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>Run `gesture-app doctor`, or install the app again with `python3 installer/bootstrap.py`.</source>
            <translation>`gesture-app doctor`를 실행하거나 `python3 installer/bootstrap.py`로 앱을 다시 설치하세요.</translation>
        </message>
        <message>
            <source>Run `gesture-app setup --again` to fetch its model anew.</source>
            <translation>`gesture-app setup --again`을 실행하여 모델을 다시 가져오세요.</translation>
        </message>
        <message>
            <source>Run `pip uninstall -y %1`, then `python3 installer/bootstrap.py`.</source>
            <translation>`pip uninstall -y %1`을 실행한 다음 `python3 installer/bootstrap.py`를 실행하세요.</translation>
        </message>
        <message>
            <source>Run `python3 installer/bootstrap.py`, or `pip install onnxruntime`.</source>
            <translation>`python3 installer/bootstrap.py` 또는 `pip install onnxruntime`을 실행하세요.</translation>
        </message>
        <message>
            <source>Run `sudo usermod -aG video $USER`, log out and in again.</source>
            <translation>`sudo usermod -aG video $USER`를 실행한 뒤 로그아웃했다가 다시 로그인하세요.</translation>
        </message>
        <message>
            <source>Something in the window went wrong</source>
            <translation>창에서 문제가 생겼습니다</translation>
        </message>
        <message>
            <source>Start again.</source>
            <translation>다시 시작하세요.</translation>
        </message>
        <message>
            <source>Start it again; if it comes back, report it with the log (%1).</source>
            <translation>다시 시작하세요. 반복되면 로그(%1)와 함께 알려 주세요.</translation>
        </message>
        <message>
            <source>Start the app again.</source>
            <translation>앱을 다시 시작하세요.</translation>
        </message>
        <message>
            <source>takes over if the one in use fails</source>
            <translation>사용 중인 백엔드가 멈추면 이어받습니다</translation>
        </message>
        <message>
            <source>TensorRT %1 is not installed (%2)</source>
            <translation>TensorRT %1이(가) 설치되어 있지 않습니다 (%2)</translation>
        </message>
        <message>
            <source>The app goes on; if it comes back, report it with the log.</source>
            <translation>앱은 계속 실행됩니다. 반복되면 로그와 함께 알려 주세요.</translation>
        </message>
        <message>
            <source>The app's own files are missing</source>
            <translation>앱의 파일이 없습니다</translation>
        </message>
        <message>
            <source>The camera %1 cannot be opened</source>
            <translation>카메라 %1을(를) 열 수 없습니다</translation>
        </message>
        <message>
            <source>The camera “%1” cannot be opened</source>
            <translation>카메라 ‘%1’을(를) 열 수 없습니다</translation>
        </message>
        <message>
            <source>The demo clip plays</source>
            <translation>데모 영상을 재생합니다</translation>
        </message>
        <message>
            <source>The engine was not built</source>
            <translation>엔진을 만들지 않았습니다</translation>
        </message>
        <message>
            <source>The hand detector cannot be loaded</source>
            <translation>손 검출기를 불러올 수 없습니다</translation>
        </message>
        <message>
            <source>The hand model cannot be fetched</source>
            <translation>손 모델을 가져올 수 없습니다</translation>
        </message>
        <message>
            <source>The hand model cannot be made</source>
            <translation>손 모델을 만들 수 없습니다</translation>
        </message>
        <message>
            <source>The hand model cannot be saved</source>
            <translation>손 모델을 저장할 수 없습니다</translation>
        </message>
        <message>
            <source>The hand model is not there</source>
            <translation>손 모델이 없습니다</translation>
        </message>
        <message>
            <source>The model %1 is not used</source>
            <translation>모델 %1을(를) 사용하지 않습니다</translation>
        </message>
        <message>
            <source>The model cannot be loaded</source>
            <translation>모델을 불러올 수 없습니다</translation>
        </message>
        <message>
            <source>The model does not fit its manifest</source>
            <translation>모델이 설명 파일과 맞지 않습니다</translation>
        </message>
        <message>
            <source>the model has no %1 file</source>
            <translation>모델에 %1 파일이 없습니다</translation>
        </message>
        <message>
            <source>The model's golden set cannot be used</source>
            <translation>모델의 기준 손 모음을 사용할 수 없습니다</translation>
        </message>
        <message>
            <source>The model's manifest cannot be used</source>
            <translation>모델의 설명 파일을 사용할 수 없습니다</translation>
        </message>
        <message>
            <source>The NVIDIA GPU cannot be asked</source>
            <translation>NVIDIA GPU의 정보를 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>The settings cannot be saved</source>
            <translation>설정을 저장할 수 없습니다</translation>
        </message>
        <message>
            <source>Use one of %1.</source>
            <translation>다음 중 하나를 사용하세요: %1.</translation>
        </message>
        <message>
            <source>another camera is in its place</source>
            <translation>그 자리에 다른 카메라가 있습니다</translation>
        </message>
        <message>
            <source>exists on Windows only</source>
            <translation>Windows에만 있습니다</translation>
        </message>
        <message>
            <source>exists on macOS only</source>
            <translation>macOS에만 있습니다</translation>
        </message>
        <message>
            <source>install onnxruntime again</source>
            <translation>onnxruntime을 다시 설치하세요</translation>
        </message>
        <message>
            <source>it answers with shape %1 where %2 was expected</source>
            <translation>출력 모양이 %2이어야 하는데 %1입니다</translation>
        </message>
        <message>
            <source>it contains no picture that can be decoded</source>
            <translation>디코딩할 수 있는 영상이 없습니다</translation>
        </message>
        <message>
            <source>it delivers no pictures</source>
            <translation>영상이 나오지 않습니다</translation>
        </message>
        <message>
            <source>it delivers no pictures any more</source>
            <translation>더는 영상이 나오지 않습니다</translation>
        </message>
        <message>
            <source>it has inputs %1 and outputs %2, which is not a gesture model</source>
            <translation>입력이 %1, 출력이 %2(이)라서 제스처 모델이 아닙니다</translation>
        </message>
        <message>
            <source>it holds no picture (%1)</source>
            <translation>사진이 없습니다 (%1)</translation>
        </message>
        <message>
            <source>it is not a picture, or it is damaged</source>
            <translation>사진이 아니거나 손상되었습니다</translation>
        </message>
        <message>
            <source>it is not a video, or its end is missing</source>
            <translation>동영상이 아니거나 끝부분이 없습니다</translation>
        </message>
        <message>
            <source>it is not there, in use, or not allowed</source>
            <translation>없거나, 사용 중이거나, 허용되지 않았습니다</translation>
        </message>
        <message>
            <source>it is not there, or another program is using it</source>
            <translation>없거나 다른 프로그램이 사용 중입니다</translation>
        </message>
        <message>
            <source>it was closed</source>
            <translation>닫혀 있습니다</translation>
        </message>
        <message>
            <source>needs onnxruntime-directml</source>
            <translation>onnxruntime-directml이 필요합니다</translation>
        </message>
        <message>
            <source>needs onnxruntime-gpu</source>
            <translation>onnxruntime-gpu가 필요합니다</translation>
        </message>
        <message>
            <source>needs onnxruntime-gpu and TensorRT</source>
            <translation>onnxruntime-gpu와 TensorRT가 필요합니다</translation>
        </message>
        <message>
            <source>no NVIDIA driver (%1 not found)</source>
            <translation>NVIDIA 드라이버가 없습니다 (%1을(를) 찾지 못함)</translation>
        </message>
        <message>
            <source>no camera was found</source>
            <translation>카메라를 찾지 못했습니다</translation>
        </message>
        <message>
            <source>no camera with a name was found</source>
            <translation>이름이 있는 카메라를 찾지 못했습니다</translation>
        </message>
        <message>
            <source>no video came within %1 s, or what came is none</source>
            <translation>%1초 안에 영상이 오지 않았거나, 온 것이 영상이 아닙니다</translation>
        </message>
        <message>
            <source>none of its %1 pictures can be read</source>
            <translation>사진 %1장을 모두 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>none of these folders exists: %1</source>
            <translation>다음 폴더가 모두 없습니다: %1</translation>
        </message>
        <message>
            <source>not part of %1 %2; %3</source>
            <translation>%1 %2에 들어 있지 않습니다. %3</translation>
        </message>
        <message>
            <source>offered by %1 %2</source>
            <translation>%1 %2에서 제공합니다</translation>
        </message>
        <message>
            <source>on standard error</source>
            <translation>표준 오류 출력</translation>
        </message>
        <message>
            <source>onnxruntime cannot be imported (%1)</source>
            <translation>onnxruntime을 불러올 수 없습니다 (%1)</translation>
        </message>
        <message>
            <source>pip cannot be started (%1)</source>
            <translation>pip를 시작할 수 없습니다 (%1)</translation>
        </message>
        <message>
            <source>pip did not finish within %1 s</source>
            <translation>pip가 %1초 안에 끝나지 않았습니다</translation>
        </message>
        <message>
            <source>several have that in their names (%1)</source>
            <translation>이 이름이 들어간 카메라가 여러 대입니다 (%1)</translation>
        </message>
        <message>
            <source>the camera used last, %1, was not found</source>
            <translation>지난번에 사용한 카메라 %1을(를) 찾지 못했습니다</translation>
        </message>
        <message>
            <source>the file is empty</source>
            <translation>파일이 비어 있습니다</translation>
        </message>
        <message>
            <source>the package onnxruntime is not installed</source>
            <translation>onnxruntime 패키지가 설치되어 있지 않습니다</translation>
        </message>
        <message>
            <source>the packages %1 overwrite each other's files</source>
            <translation>패키지 %1이(가) 서로의 파일을 덮어씁니다</translation>
        </message>
        <message>
            <source>the text is empty</source>
            <translation>입력이 비어 있습니다</translation>
        </message>
        <message>
            <source>there is no %1</source>
            <translation>%1이(가) 없습니다</translation>
        </message>
        <message>
            <source>these are here: %1</source>
            <translation>연결된 카메라: %1</translation>
        </message>
        <message>
            <source>%1 is missing from it</source>
            <translation>%1이(가) 들어 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 is not listed in %2</source>
            <translation>%1이(가) %2에 적혀 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 is not the file that %2 lists (sha256)</source>
            <translation>%1이(가) %2에 적힌 파일이 아닙니다(sha256)</translation>
        </message>
        <message>
            <source>The model cannot be exported</source>
            <translation>모델을 내보낼 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot be written (%2)</source>
            <translation>%1에 쓸 수 없습니다(%2)</translation>
        </message>
        <message>
            <source>Choose a folder that is writable and has room.</source>
            <translation>쓸 수 있고 공간이 있는 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>%1 has a header longer than it can be</source>
            <translation>%1의 머리글이 있을 수 없을 만큼 깁니다</translation>
        </message>
        <message>
            <source>%1 holds more than %2 tensors</source>
            <translation>%1에 텐서가 %2개보다 많습니다</translation>
        </message>
        <message>
            <source>%1 is not a valid safetensors file (%2)</source>
            <translation>%1은(는) 올바른 safetensors 파일이 아닙니다(%2)</translation>
        </message>
        <message>
            <source>%1 has a schema that is not known here</source>
            <translation>%1의 스키마를 알 수 없습니다</translation>
        </message>
        <message>
            <source>%1 is the card of another model</source>
            <translation>%1은(는) 다른 모델의 카드입니다</translation>
        </message>
        <message>
            <source>%1 has more than %2 lines</source>
            <translation>%1이(가) %2줄보다 깁니다</translation>
        </message>
        <message>
            <source>%1 is not valid (%2)</source>
            <translation>%1이(가) 올바르지 않습니다(%2)</translation>
        </message>
        <message>
            <source>%1 is not named by %2</source>
            <translation>%2에 %1이(가) 나오지 않습니다</translation>
        </message>
        <message>
            <source>%1 is not the file that %2 names (sha256)</source>
            <translation>%1이(가) %2에서 말하는 파일이 아닙니다(sha256)</translation>
        </message>
        <message>
            <source>%1 does not begin with the policy that forbids scripts</source>
            <translation>%1이(가) 스크립트를 금지하는 정책으로 시작하지 않습니다</translation>
        </message>
        <message>
            <source>%1 could lead its reader elsewhere</source>
            <translation>%1이(가) 읽는 사람을 다른 곳으로 보낼 수 있습니다</translation>
        </message>
        <message>
            <source>%1 gives %2 two hashes</source>
            <translation>%1에 %2의 해시가 두 개 있습니다</translation>
        </message>
        <message>
            <source>%1 lists a file that belongs to no model</source>
            <translation>%1에 모델에 속하지 않는 파일이 적혀 있습니다</translation>
        </message>
        <message>
            <source>%1 does not give size and sha256 of every file</source>
            <translation>%1에 모든 파일의 크기와 sha256이 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 gives a size that no file of a model has</source>
            <translation>%1에 모델 파일일 수 없는 크기가 적혀 있습니다</translation>
        </message>
        <message>
            <source>%1 gives a sha256 that is none</source>
            <translation>%1에 sha256이 아닌 값이 적혀 있습니다</translation>
        </message>
        <message>
            <source>%1 does not list %2</source>
            <translation>%1에 %2이(가) 적혀 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 is not written as this app writes it</source>
            <translation>%1이(가) 이 앱이 쓰는 방식으로 쓰여 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 is the name of a device on Windows</source>
            <translation>%1은(는) Windows의 장치 이름입니다</translation>
        </message>
        <message>
            <source>%1 is an archive within the archive</source>
            <translation>%1은(는) 압축 파일 속의 압축 파일입니다</translation>
        </message>
        <message>
            <source>%1 may hold a pickle, which can run code</source>
            <translation>%1에 코드를 실행할 수 있는 pickle이 들어 있을 수 있습니다</translation>
        </message>
        <message>
            <source>%1 is a program</source>
            <translation>%1은(는) 프로그램입니다</translation>
        </message>
        <message>
            <source>%1 is not a plain file name</source>
            <translation>%1은(는) 평범한 파일 이름이 아닙니다</translation>
        </message>
        <message>
            <source>%1 has a zero byte in its name</source>
            <translation>%1의 이름에 0 바이트가 있습니다</translation>
        </message>
        <message>
            <source>%1 has a backslash in its name</source>
            <translation>%1의 이름에 백슬래시가 있습니다</translation>
        </message>
        <message>
            <source>%1 is an absolute path</source>
            <translation>%1은(는) 절대 경로입니다</translation>
        </message>
        <message>
            <source>%1 names a drive</source>
            <translation>%1이(가) 드라이브를 가리킵니다</translation>
        </message>
        <message>
            <source>%1 climbs out of its folder</source>
            <translation>%1이(가) 폴더 밖으로 나갑니다</translation>
        </message>
        <message>
            <source>%1 lies in a folder, which no file of a model does</source>
            <translation>%1이(가) 폴더 안에 있습니다. 모델의 파일은 그렇지 않습니다</translation>
        </message>
        <message>
            <source>%1 is damaged (%2)</source>
            <translation>%1이(가) 손상되었습니다(%2)</translation>
        </message>
        <message>
            <source>it is %1 bytes, more than the %2 allowed</source>
            <translation>%1바이트로, 허용된 %2바이트보다 큽니다</translation>
        </message>
        <message>
            <source>it is an archive without files</source>
            <translation>파일이 없는 압축 파일입니다</translation>
        </message>
        <message>
            <source>it does not start as a zip archive</source>
            <translation>zip 압축 파일로 시작하지 않습니다</translation>
        </message>
        <message>
            <source>its end is missing, or something follows it</source>
            <translation>끝이 없거나, 끝 뒤에 무언가가 더 있습니다</translation>
        </message>
        <message>
            <source>it holds more than %1 files</source>
            <translation>파일이 %1개보다 많습니다</translation>
        </message>
        <message>
            <source>it uses the zip64 format, which is not needed</source>
            <translation>필요 없는 zip64 형식을 사용합니다</translation>
        </message>
        <message>
            <source>its end record is not one that this app writes</source>
            <translation>끝 기록이 이 앱이 쓰는 것이 아닙니다</translation>
        </message>
        <message>
            <source>its directory is too large</source>
            <translation>목록이 너무 큽니다</translation>
        </message>
        <message>
            <source>its directory is not where it says</source>
            <translation>목록이 적힌 자리에 없습니다</translation>
        </message>
        <message>
            <source>%1 stands in it twice</source>
            <translation>%1이(가) 두 번 들어 있습니다</translation>
        </message>
        <message>
            <source>two names in it differ in case only (%1)</source>
            <translation>대소문자만 다른 이름이 두 개 있습니다(%1)</translation>
        </message>
        <message>
            <source>its files are %1 bytes, more than the %2 allowed</source>
            <translation>파일이 모두 %1바이트로, 허용된 %2바이트보다 큽니다</translation>
        </message>
        <message>
            <source>%1 is a link</source>
            <translation>%1은(는) 링크입니다</translation>
        </message>
        <message>
            <source>%1 is not an ordinary file</source>
            <translation>%1은(는) 일반 파일이 아닙니다</translation>
        </message>
        <message>
            <source>%1 is encrypted</source>
            <translation>%1이(가) 암호화되어 있습니다</translation>
        </message>
        <message>
            <source>%1 is packed in a way that is not known here</source>
            <translation>%1의 압축 방식을 알 수 없습니다</translation>
        </message>
        <message>
            <source>%1 is not a file that belongs there</source>
            <translation>%1은(는) 여기에 속하는 파일이 아닙니다</translation>
        </message>
        <message>
            <source>%1 unpacks to more than %2 times its size</source>
            <translation>%1의 압축을 풀면 크기가 %2배를 넘습니다</translation>
        </message>
        <message>
            <source>files in it share the same bytes</source>
            <translation>안의 파일들이 같은 바이트를 함께 씁니다</translation>
        </message>
        <message>
            <source>%1 is shorter than it says</source>
            <translation>%1이(가) 적힌 것보다 짧습니다</translation>
        </message>
        <message>
            <source>The model is not removed</source>
            <translation>모델을 지우지 않았습니다</translation>
        </message>
        <message>
            <source>it came with the app</source>
            <translation>앱과 함께 온 모델입니다</translation>
        </message>
        <message>
            <source>it is the active one</source>
            <translation>지금 사용 중인 모델입니다</translation>
        </message>
        <message>
            <source>Activate another one first.</source>
            <translation>먼저 다른 모델을 사용하세요.</translation>
        </message>
        <message>
            <source>It is not clear which model “%1” is</source>
            <translation>“%1”이(가) 어느 모델인지 분명하지 않습니다</translation>
        </message>
        <message>
            <source>several are meant by it (%1)</source>
            <translation>여러 모델이 해당합니다(%1)</translation>
        </message>
        <message>
            <source>Give more of its identity.</source>
            <translation>식별자를 더 길게 적으세요.</translation>
        </message>
        <message>
            <source>There is no model “%1”</source>
            <translation>“%1” 모델이 없습니다</translation>
        </message>
        <message>
            <source>none in %1 has that name or an identity that begins like it</source>
            <translation>%1에 그런 이름이나 그렇게 시작하는 식별자를 가진 모델이 없습니다</translation>
        </message>
        <message>
            <source>See all with `gesture-train catalog list`.</source>
            <translation>`gesture-train catalog list`로 모두 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>The bundled model is used</source>
            <translation>앱에 포함된 모델을 사용합니다</translation>
        </message>
        <message>
            <source>There is nothing to go back to</source>
            <translation>되돌아갈 모델이 없습니다</translation>
        </message>
        <message>
            <source>no other model was in use before this one</source>
            <translation>이 모델 이전에 사용한 다른 모델이 없습니다</translation>
        </message>
        <message>
            <source>The models cannot be changed</source>
            <translation>모델을 바꿀 수 없습니다</translation>
        </message>
        <message>
            <source>Make room on the disk, or the folder writable.</source>
            <translation>디스크에 공간을 만들거나 폴더를 쓸 수 있게 하세요.</translation>
        </message>
        <message>
            <source>The model that you chose is not known</source>
            <translation>선택한 모델을 알 수 없습니다</translation>
        </message>
        <message>
            <source>%1 does not say which model it is</source>
            <translation>%1에 어느 모델인지 적혀 있지 않습니다</translation>
        </message>
        <message>
            <source>Choose a model again.</source>
            <translation>모델을 다시 선택하세요.</translation>
        </message>
        <message>
            <source>The models cannot be changed now</source>
            <translation>지금은 모델을 바꿀 수 없습니다</translation>
        </message>
        <message>
            <source>another program is changing them</source>
            <translation>다른 프로그램이 바꾸고 있습니다</translation>
        </message>
        <message>
            <source>Try again when it is done.</source>
            <translation>끝난 뒤에 다시 시도하세요.</translation>
        </message>
        <message>
            <source>trying it out is not done within %1 s</source>
            <translation>시험이 %1초 안에 끝나지 않습니다</translation>
        </message>
        <message>
            <source>it cannot be tried out (%1)</source>
            <translation>시험할 수 없습니다(%1)</translation>
        </message>
        <message>
            <source>trying it out crashed, or went beyond its limits (exit code %1)</source>
            <translation>시험이 중단되었거나 한도를 넘었습니다(종료 코드 %1)</translation>
        </message>
        <message>
            <source>its weights lie in another file</source>
            <translation>가중치가 다른 파일에 있습니다</translation>
        </message>
        <message>
            <source>a tensor has a negative size</source>
            <translation>크기가 음수인 텐서가 있습니다</translation>
        </message>
        <message>
            <source>a tensor is of a type that is not known (%1)</source>
            <translation>형식을 알 수 없는 텐서가 있습니다(%1)</translation>
        </message>
        <message>
            <source>a tensor says it has %1 values and has %2</source>
            <translation>값이 %1개라고 적힌 텐서에 값이 %2개 있습니다</translation>
        </message>
        <message>
            <source>its inputs are %1 instead of crops and landmarks</source>
            <translation>입력이 crops와 landmarks가 아니라 %1입니다</translation>
        </message>
        <message>
            <source>its outputs are %1 instead of logits and perhaps features</source>
            <translation>출력이 logits(와 features)가 아니라 %1입니다</translation>
        </message>
        <message>
            <source>its features are not within 1 and %1</source>
            <translation>특징의 수가 1과 %1 사이가 아닙니다</translation>
        </message>
        <message>
            <source>%1 is not float32</source>
            <translation>%1이(가) float32가 아닙니다</translation>
        </message>
        <message>
            <source>%1 does not take any number of hands</source>
            <translation>%1이(가) 손의 수를 자유롭게 받지 않습니다</translation>
        </message>
        <message>
            <source>%1 has shape %2 where %3 was expected</source>
            <translation>%1의 모양이 %3이어야 하는데 %2입니다</translation>
        </message>
        <message>
            <source>it breaks the rules of ONNX (%1)</source>
            <translation>ONNX의 규칙을 어깁니다(%1)</translation>
        </message>
        <message>
            <source>it is not an ONNX network, or it is cut off</source>
            <translation>ONNX 신경망이 아니거나 잘려 있습니다</translation>
        </message>
        <message>
            <source>it holds no network</source>
            <translation>신경망이 들어 있지 않습니다</translation>
        </message>
        <message>
            <source>it defines operators of its own</source>
            <translation>자체 연산자를 정의합니다</translation>
        </message>
        <message>
            <source>it holds instructions for training</source>
            <translation>학습용 지시가 들어 있습니다</translation>
        </message>
        <message>
            <source>its operator set is %1, not within %2 and %3</source>
            <translation>연산자 집합이 %2와 %3 사이가 아니라 %1입니다</translation>
        </message>
        <message>
            <source>it has more than %1 nodes</source>
            <translation>노드가 %1개보다 많습니다</translation>
        </message>
        <message>
            <source>it uses operators of the domain %1</source>
            <translation>%1 영역의 연산자를 사용합니다</translation>
        </message>
        <message>
            <source>it uses the operator %1, which is not allowed</source>
            <translation>허용되지 않는 연산자 %1을(를) 사용합니다</translation>
        </message>
        <message>
            <source>it holds a network within the network</source>
            <translation>신경망 안에 신경망이 들어 있습니다</translation>
        </message>
        <message>
            <source>it holds sparse tensors</source>
            <translation>희소 텐서가 들어 있습니다</translation>
        </message>
        <message>
            <source>it has more than %1 tensors</source>
            <translation>텐서가 %1개보다 많습니다</translation>
        </message>
        <message>
            <source>it is larger than the %1 bytes allowed</source>
            <translation>허용된 %1바이트보다 큽니다</translation>
        </message>
        <message>
            <source>it needs too much memory</source>
            <translation>메모리가 너무 많이 필요합니다</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot run it (%1)</source>
            <translation>ONNX Runtime이 실행할 수 없습니다(%1)</translation>
        </message>
        <message>
            <source>it answers with values that are no numbers</source>
            <translation>숫자가 아닌 값으로 답합니다</translation>
        </message>
        <message>
            <source>%1 is nested too deeply</source>
            <translation>%1이(가) 너무 깊이 중첩되어 있습니다</translation>
        </message>
        <message>
            <source>%1 is not valid JSON (%2)</source>
            <translation>%1이(가) 올바른 JSON이 아닙니다(%2)</translation>
        </message>
        <message>
            <source>%1 holds no JSON object</source>
            <translation>%1에 JSON 객체가 없습니다</translation>
        </message>
        <message>
            <source>The model is refused</source>
            <translation>모델을 받아들이지 않습니다</translation>
        </message>
        <message>
            <source>Ask whoever made it to export it again, or use another.</source>
            <translation>만든 사람에게 다시 내보내 달라고 하거나, 다른 모델을 사용하세요.</translation>
        </message>
        <message>
            <source>%1 was altered</source>
            <translation>%1이(가) 변경되었습니다</translation>
        </message>
        <message>
            <source>line %1 of %2</source>
            <translation>%2의 %1번째 줄</translation>
        </message>
        <message>
            <source>the header of %1</source>
            <translation>%1의 머리글</translation>
        </message>
        <message>
            <source>%1 is larger than it can be</source>
            <translation>%1이(가) 너무 큽니다</translation>
        </message>
        <message>
            <source>How the model was judged cannot be shown</source>
            <translation>모델의 평가 결과를 표시할 수 없습니다</translation>
        </message>
        <message>
            <source>Train it again to have it judged anew.</source>
            <translation>다시 학습하면 새로 평가됩니다.</translation>
        </message>
        <message>
            <source>Training cannot be started</source>
            <translation>학습을 시작할 수 없습니다</translation>
        </message>
        <message>
            <source>%1 does not run (%2)</source>
            <translation>%1이(가) 실행되지 않습니다 (%2)</translation>
        </message>
        <message>
            <source>%1 has stopped before its end</source>
            <translation>%1이(가) 끝나기 전에 멈췄습니다</translation>
        </message>
        <message>
            <source>%1 cannot be started</source>
            <translation>%1을(를) 시작할 수 없습니다</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Adding pictures</source>
            <translation>사진 추가</translation>
        </message>
        <message>
            <source>it says what is not understood here</source>
            <translation>이해할 수 없는 내용을 보냅니다</translation>
        </message>
        <message>
            <source>it ended early (%1)</source>
            <translation>일찍 끝났습니다 (%1)</translation>
        </message>
        <message>
            <source>its process was ended, as a system does that runs out of memory</source>
            <translation>메모리가 부족한 시스템이 그렇게 하듯이 프로세스가 종료되었습니다</translation>
        </message>
        <message>
            <source>its process ended with exit code %1</source>
            <translation>프로세스가 종료 코드 %1(으)로 끝났습니다</translation>
        </message>
        <message>
            <source>The new model is not in the library</source>
            <translation>새 모델이 라이브러리에 없습니다</translation>
        </message>
        <message>
            <source>training ended without taking it in</source>
            <translation>모델을 넣지 않은 채 학습이 끝났습니다</translation>
        </message>
        <message>
            <source>Train again.</source>
            <translation>다시 학습하세요.</translation>
        </message>
        <message>
            <source>The new model is ready</source>
            <translation>새 모델이 준비되었습니다</translation>
        </message>
        <message>
            <source>training is done</source>
            <translation>학습이 끝났습니다</translation>
        </message>
        <message>
            <source>See how good it is on the page Train.</source>
            <translation>학습 페이지에서 얼마나 좋은지 확인하세요.</translation>
        </message>
        <message>
            <source>Training has failed</source>
            <translation>학습에 실패했습니다</translation>
        </message>
        <message>
            <source>the page Train says why</source>
            <translation>이유는 학습 페이지에 있습니다</translation>
        </message>
        <message>
            <source>Open it to try again.</source>
            <translation>그 페이지를 열어 다시 시도하세요.</translation>
        </message>
        <message>
            <source>Your gestures are not learnt yet</source>
            <translation>아직 제스처를 배우지 못했습니다</translation>
        </message>
        <message>
            <source>training was interrupted</source>
            <translation>학습이 중단되었습니다</translation>
        </message>
        <message>
            <source>Go on with it on the page Train.</source>
            <translation>학습 페이지에서 이어서 하세요.</translation>
        </message>
        <message>
            <source>%1 does not say from what</source>
            <translation>%1에 무엇에서 왔는지 적혀 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 does not say when it was</source>
            <translation>%1에 언제인지 적혀 있지 않습니다</translation>
        </message>
        <message>
            <source>%1 is gone</source>
            <translation>%1이(가) 없어졌습니다</translation>
        </message>
        <message>
            <source>%1 is larger than any that this app writes</source>
            <translation>%1이(가) 이 앱이 쓰는 것보다 큽니다</translation>
        </message>
        <message>
            <source>%1 is not a file of a gesture set</source>
            <translation>%1은(는) 제스처 모음의 파일이 아닙니다</translation>
        </message>
        <message>
            <source>Bring the folder back, or start the recording again.</source>
            <translation>폴더를 되돌려 놓거나 녹화를 다시 시작하세요.</translation>
        </message>
        <message>
            <source>Choose another name for the gesture.</source>
            <translation>제스처에 다른 이름을 선택하세요.</translation>
        </message>
        <message>
            <source>Choose another name for the recording.</source>
            <translation>녹화에 다른 이름을 선택하세요.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>다른 이름을 선택하세요.</translation>
        </message>
        <message>
            <source>Delete it, or record it again.</source>
            <translation>삭제하거나 다시 녹화하세요.</translation>
        </message>
        <message>
            <source>Delete some of its samples.</source>
            <translation>샘플을 일부 삭제하세요.</translation>
        </message>
        <message>
            <source>File too large</source>
            <translation>파일이 너무 큽니다</translation>
        </message>
        <message>
            <source>Make the file readable.</source>
            <translation>파일을 읽을 수 있게 하세요.</translation>
        </message>
        <message>
            <source>Name them again.</source>
            <translation>이름을 다시 붙이세요.</translation>
        </message>
        <message>
            <source>Open the gesture again.</source>
            <translation>제스처를 다시 여세요.</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>읽기 전용 파일 시스템입니다</translation>
        </message>
        <message>
            <source>Record the samples again if they are needed.</source>
            <translation>필요하면 샘플을 다시 녹화하세요.</translation>
        </message>
        <message>
            <source>Start another recording.</source>
            <translation>새 녹화를 시작하세요.</translation>
        </message>
        <message>
            <source>The change cannot be undone</source>
            <translation>변경을 되돌릴 수 없습니다</translation>
        </message>
        <message>
            <source>The gesture cannot have this name</source>
            <translation>제스처에 이 이름을 붙일 수 없습니다</translation>
        </message>
        <message>
            <source>The gesture set cannot be exported</source>
            <translation>제스처 모음을 내보낼 수 없습니다</translation>
        </message>
        <message>
            <source>The gesture set is refused</source>
            <translation>제스처 모음을 받아들이지 않습니다</translation>
        </message>
        <message>
            <source>The names of your gestures are not known</source>
            <translation>내 제스처의 이름을 알 수 없습니다</translation>
        </message>
        <message>
            <source>The sample cannot be read</source>
            <translation>샘플을 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>The samples cannot be changed</source>
            <translation>샘플을 바꿀 수 없습니다</translation>
        </message>
        <message>
            <source>The samples cannot be changed now</source>
            <translation>지금은 샘플을 바꿀 수 없습니다</translation>
        </message>
        <message>
            <source>Delete the folder yourself.</source>
            <translation>폴더를 직접 삭제하세요.</translation>
        </message>
        <message>
            <source>The samples cannot be read</source>
            <translation>샘플을 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>Bring the folder back, or make it readable.</source>
            <translation>폴더를 되돌려 놓거나 읽을 수 있게 하세요.</translation>
        </message>
        <message>
            <source>The samples cannot be deleted</source>
            <translation>샘플을 삭제할 수 없습니다</translation>
        </message>
        <message>
            <source>%1 cannot be removed (%2)</source>
            <translation>%1을(를) 지울 수 없습니다(%2)</translation>
        </message>
        <message>
            <source>The samples cannot be kept</source>
            <translation>샘플을 보관할 수 없습니다</translation>
        </message>
        <message>
            <source>The samples are not checked because of a bug in this app</source>
            <translation>이 앱의 버그 때문에 샘플을 검사하지 않습니다</translation>
        </message>
        <message>
            <source>The samples cannot be saved</source>
            <translation>샘플을 저장할 수 없습니다</translation>
        </message>
        <message>
            <source>What was there is kept as %1.</source>
            <translation>있던 것은 %1(으)로 보관했습니다.</translation>
        </message>
        <message>
            <source>it has more than %1 characters</source>
            <translation>%1자를 넘습니다</translation>
        </message>
        <message>
            <source>it holds characters that cannot be shown</source>
            <translation>표시할 수 없는 문자가 들어 있습니다</translation>
        </message>
        <message>
            <source>it holds more than %1 samples or %2 recordings</source>
            <translation>샘플이 %1개 또는 녹화가 %2개를 넘습니다</translation>
        </message>
        <message>
            <source>it is cut off</source>
            <translation>끝이 잘렸습니다</translation>
        </message>
        <message>
            <source>it is empty</source>
            <translation>비어 있습니다</translation>
        </message>
        <message>
            <source>it is not a JPEG picture</source>
            <translation>JPEG 사진이 아닙니다</translation>
        </message>
        <message>
            <source>it was made too long ago, or what was deleted is gone</source>
            <translation>너무 오래전에 한 변경이거나, 삭제한 것이 없어졌습니다</translation>
        </message>
        <message>
            <source>its picture was altered</source>
            <translation>사진이 변경되었습니다</translation>
        </message>
        <message>
            <source>the file would be larger than %1 bytes</source>
            <translation>파일이 %1바이트보다 커집니다</translation>
        </message>
        <message>
            <source>the recording is full</source>
            <translation>녹화가 가득 찼습니다</translation>
        </message>
        <message>
            <source>there are none</source>
            <translation>하나도 없습니다</translation>
        </message>
        <message>
            <source>there is a gesture “%1” already</source>
            <translation>제스처 “%1”이(가) 이미 있습니다</translation>
        </message>
        <message>
            <source>two names in it differ in case only</source>
            <translation>그 안의 두 이름이 대소문자만 다릅니다</translation>
        </message>
        <message>
            <source>“%1” and “%2” differ in upper and lower case only</source>
            <translation>“%1”과(와) “%2”은(는) 대소문자만 다릅니다</translation>
        </message>
        <message>
            <source>“%1” cannot be the name of a folder</source>
            <translation>“%1”은(는) 폴더 이름이 될 수 없습니다</translation>
        </message>
        <message>
            <source>“%1” names no sample</source>
            <translation>“%1”은(는) 어떤 샘플도 아닙니다</translation>
        </message>
        <message>
            <source>Start it again: what was done so far is kept.</source>
            <translation>다시 시작하세요. 지금까지 한 작업은 남아 있습니다.</translation>
        </message>
        <message>
            <source>If it comes back, look into the log.</source>
            <translation>또 그러면 로그를 확인하세요.</translation>
        </message>
        <message>
            <source>The model is not used because of a bug in this app</source>
            <translation>이 앱의 버그 때문에 모델을 사용하지 않습니다</translation>
        </message>
        <message>
            <source>The model before it goes on; report this with the log.</source>
            <translation>이전 모델이 계속 쓰입니다. 로그와 함께 알려 주세요.</translation>
        </message>
        <message>
            <source>%1 cannot be used (%2: %3)</source>
            <translation>%1을(를) 사용할 수 없습니다 (%2: %3)</translation>
        </message>
        <message>
            <source>%1 is not taken</source>
            <translation>%1을(를) 가져오지 않습니다</translation>
        </message>
        <message>
            <source>A file cannot be read or written</source>
            <translation>파일을 읽거나 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>Export it again from its training run.</source>
            <translation>학습 결과에서 다시 내보내세요.</translation>
        </message>
        <message>
            <source>Install the app again: the bundled model is the one that gestures are taught to.</source>
            <translation>앱을 다시 설치하세요. 제스처는 기본 모델에 가르칩니다.</translation>
        </message>
        <message>
            <source>Make room on the disk, or let yourself write there, and try again.</source>
            <translation>디스크 공간을 확보하거나 쓰기 권한을 준 뒤 다시 시도하세요.</translation>
        </message>
        <message>
            <source>Make room on the disk, or the folder writable, and do the same again.</source>
            <translation>디스크 공간을 확보하거나 폴더에 쓸 수 있게 한 뒤 다시 하세요.</translation>
        </message>
        <message>
            <source>Name a picture, a video, a folder of them, or a zip that Teachable Machine saved.</source>
            <translation>사진, 동영상, 그 폴더 또는 Teachable Machine이 저장한 zip을 고르세요.</translation>
        </message>
        <message>
            <source>Record a gesture first, or take pictures of one.</source>
            <translation>먼저 제스처를 녹화하거나 사진을 찍으세요.</translation>
        </message>
        <message>
            <source>Record more of them, or delete the gesture.</source>
            <translation>더 녹화하거나 그 제스처를 삭제하세요.</translation>
        </message>
        <message>
            <source>Save the samples of one class (“Download samples”), or call the gesture like its class.</source>
            <translation>한 클래스의 샘플만 저장하거나(“샘플 다운로드”), 제스처 이름을 클래스와 같게 하세요.</translation>
        </message>
        <message>
            <source>Teach it again; if it comes back, please report it.</source>
            <translation>다시 가르치세요. 또 그러면 알려 주세요.</translation>
        </message>
        <message>
            <source>The base model cannot be taught</source>
            <translation>기본 모델을 가르칠 수 없습니다</translation>
        </message>
        <message>
            <source>The model cannot be written</source>
            <translation>모델을 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>The model is not taught</source>
            <translation>모델을 가르치지 않았습니다</translation>
        </message>
        <message>
            <source>The taught model is not used</source>
            <translation>가르친 모델을 사용하지 않습니다</translation>
        </message>
        <message>
            <source>Then do the same again: it goes on where it was.</source>
            <translation>그런 다음 다시 하면 멈춘 곳에서 이어집니다.</translation>
        </message>
        <message>
            <source>There are too few pictures to learn from</source>
            <translation>배우기에 사진이 너무 적습니다</translation>
        </message>
        <message>
            <source>There is nothing to learn from</source>
            <translation>배울 것이 없습니다</translation>
        </message>
        <message>
            <source>There is nothing to take from %1</source>
            <translation>%1에서 가져올 것이 없습니다</translation>
        </message>
        <message>
            <source>This model cannot be taught</source>
            <translation>이 모델은 가르칠 수 없습니다</translation>
        </message>
        <message>
            <source>Wait until it is done, or stop it.</source>
            <translation>끝날 때까지 기다리거나 멈추세요.</translation>
        </message>
        <message>
            <source>What was computed of the pictures cannot be kept</source>
            <translation>사진에서 계산한 것을 저장할 수 없습니다</translation>
        </message>
        <message>
            <source>another program is teaching %1 already</source>
            <translation>다른 프로그램이 이미 %1을(를) 가르치고 있습니다</translation>
        </message>
        <message>
            <source>fewer than %1 show a hand: %2</source>
            <translation>손이 보이는 사진이 %1장보다 적습니다: %2</translation>
        </message>
        <message>
            <source>it holds no picture, no video and no zip</source>
            <translation>사진도 동영상도 zip도 없습니다</translation>
        </message>
        <message>
            <source>it holds no pictures</source>
            <translation>사진이 없습니다</translation>
        </message>
        <message>
            <source>it holds several classes (%1), and none is called “%2”</source>
            <translation>클래스가 여러 개이고(%1) “%2”(이)라는 것은 없습니다</translation>
        </message>
        <message>
            <source>its network does not compute what was learnt (%1)</source>
            <translation>신경망이 배운 것을 계산하지 않습니다 (%1)</translation>
        </message>
        <message>
            <source>its network gives no features</source>
            <translation>신경망이 특징을 내놓지 않습니다</translation>
        </message>
        <message>
            <source>no pictures of hands are in %1</source>
            <translation>%1에 손 사진이 없습니다</translation>
        </message>
        <message>
            <source>version %1</source>
            <translation>버전 %1</translation>
        </message>
        <message>
            <source>its driver answers</source>
            <translation>드라이버가 응답합니다</translation>
        </message>
        <message>
            <source>it is not installed</source>
            <translation>설치되어 있지 않습니다</translation>
        </message>
        <message>
            <source>there is none in a Mac</source>
            <translation>Mac에는 없습니다</translation>
        </message>
        <message>
            <source>no NVIDIA driver found</source>
            <translation>NVIDIA 드라이버를 찾지 못했습니다</translation>
        </message>
        <message>
            <source>nvidia-smi finds no GPU</source>
            <translation>nvidia-smi가 GPU를 찾지 못했습니다</translation>
        </message>
        <message>
            <source>the installed PyTorch is the build without CUDA</source>
            <translation>설치된 PyTorch는 CUDA가 없는 빌드입니다</translation>
        </message>
        <message>
            <source>its version is not known</source>
            <translation>버전을 알 수 없습니다</translation>
        </message>
        <message>
            <source>nvidia-smi does not work (%1)</source>
            <translation>nvidia-smi가 작동하지 않습니다 (%1)</translation>
        </message>
        <message>
            <source>What was computed from the pictures cannot be deleted</source>
            <translation>사진에서 계산한 것을 삭제할 수 없습니다</translation>
        </message>
        <message>
            <source>All layers cannot be trained</source>
            <translation>모든 층을 학습할 수 없습니다</translation>
        </message>
        <message>
            <source>All layers of this model cannot be trained</source>
            <translation>이 모델의 모든 층을 학습할 수는 없습니다</translation>
        </message>
        <message>
            <source>PyTorch is not installed</source>
            <translation>PyTorch가 설치되어 있지 않습니다</translation>
        </message>
        <message>
            <source>Run %1 in a terminal, or teach quickly.</source>
            <translation>터미널에서 %1을(를) 실행하거나 빠르게 학습하세요.</translation>
        </message>
        <message>
            <source>The training run cannot be written</source>
            <translation>학습 기록을 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>no picture in %1 can be read</source>
            <translation>%1의 사진을 하나도 읽을 수 없습니다</translation>
        </message>
    </context>
    <context>
        <name>ModeChoice</name>
        <message>
            <source>How</source>
            <translation>방법</translation>
        </message>
        <message>
            <source>Quick</source>
            <translation>빠르게</translation>
        </message>
        <message>
            <source>Full</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Learns the new gestures from what the network already sees. Takes seconds.</source>
            <translation>신경망이 이미 보는 특징으로 새 제스처를 배웁니다. 몇 초면 됩니다.</translation>
        </message>
        <message>
            <source>Trains all layers. For those with a graphics card, or with patience.</source>
            <translation>모든 층을 학습합니다. 그래픽 카드가 있거나 기다릴 수 있을 때 좋습니다.</translation>
        </message>
        <message>
            <source>Full needs it. Run this in a terminal, then start the app again:</source>
            <translation>전체 학습에 필요합니다. 터미널에서 아래 명령을 실행하고 앱을 다시 시작하세요:</translation>
        </message>
        <message>
            <source>Quick is suggested: PyTorch is not installed here.</source>
            <translation>‘빠르게’를 권합니다: PyTorch가 설치되어 있지 않습니다.</translation>
        </message>
        <message>
            <source>Quick is suggested: no graphics card can be used here (%2), and there are %1 pictures.</source>
            <translation>‘빠르게’를 권합니다: 쓸 수 있는 그래픽 카드가 없고(%2), 사진이 %1장입니다.</translation>
        </message>
        <message>
            <source>Quick is suggested: %1 pictures are few to train all layers with.</source>
            <translation>‘빠르게’를 권합니다: 사진 %1장은 모든 층을 학습하기에 적습니다.</translation>
        </message>
        <message>
            <source>Full is suggested: there is an %2, and there are %1 pictures.</source>
            <translation>‘전체’를 권합니다: %2이(가) 있고 사진이 %1장입니다.</translation>
        </message>
    </context>
    <context>
        <name>ModelsPage</name>
        <message>
            <source>Models</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>Every version is kept. Switching takes a moment, and there is a way back.</source>
            <translation>모든 버전이 보관됩니다. 바꾸는 데는 잠깐이면 되고, 언제든 되돌릴 수 있습니다.</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>되돌리기</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>가져오기…</translation>
        </message>
        <message>
            <source>Take in a model file; it is checked first</source>
            <translation>모델 파일을 가져옵니다. 먼저 검사합니다</translation>
        </message>
        <message>
            <source>Only the built-in model so far</source>
            <translation>아직 기본 모델뿐입니다</translation>
        </message>
        <message>
            <source>Teach it a gesture of your own: each training makes a new version here.</source>
            <translation>나만의 제스처를 가르쳐 보세요. 학습할 때마다 여기에 새 버전이 생깁니다.</translation>
        </message>
        <message>
            <source>Teach it a gesture</source>
            <translation>제스처 가르치기</translation>
        </message>
        <message>
            <source>Recognise with “%1” again</source>
            <translation>다시 “%1”(으)로 인식합니다</translation>
        </message>
        <message>
            <source>The model is exported</source>
            <translation>모델을 내보냈습니다</translation>
        </message>
        <message>
            <source>it is in %1</source>
            <translation>%1에 있습니다</translation>
        </message>
        <message>
            <source>Import it on this page on another computer.</source>
            <translation>다른 컴퓨터의 이 페이지에서 가져올 수 있습니다.</translation>
        </message>
        <message>
            <source>The live picture is still recognised with “%1”.</source>
            <translation>실시간 영상은 아직 “%1”(으)로 인식하고 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>PictureIntake</name>
        <message>
            <source>Add pictures or videos</source>
            <translation>사진이나 동영상 추가</translation>
        </message>
        <message>
            <source>Pictures, videos, folders or a Teachable Machine zip; or drop them here</source>
            <translation>사진, 동영상, 폴더 또는 Teachable Machine zip 파일. 여기에 끌어다 놓아도 됩니다</translation>
        </message>
        <message>
            <source>Files…</source>
            <translation>파일…</translation>
        </message>
        <message>
            <source>A folder…</source>
            <translation>폴더…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Stop adding pictures</source>
            <translation>사진 추가 중지</translation>
        </message>
        <message>
            <source>Looking for hands</source>
            <translation>손 찾는 중</translation>
        </message>
        <message>
            <source>Looking for hands…</source>
            <translation>손을 찾는 중…</translation>
        </message>
        <message>
            <source>Looking for hands: %1 of %2</source>
            <translation>손 찾는 중: %2개 중 %1개</translation>
        </message>
        <message>
            <source>%1 s left</source>
            <translation>%1초 남음</translation>
        </message>
        <message>
            <source>Hands in %1 of %2 pictures; new here: %3</source>
            <translation>사진 %2장 중 %1장에 손이 있습니다. 새로 추가: %3장</translation>
        </message>
        <message>
            <source>Pictures, videos, zips</source>
            <translation>사진, 동영상, zip</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>모든 파일</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>폴더 추가</translation>
        </message>
    </context>
    <context>
        <name>PictureStrip</name>
        <message>
            <source>Pictures behind the chosen cell</source>
            <translation>선택한 칸의 사진</translation>
        </message>
    </context>
    <context>
        <name>PlanButton</name>
        <message>
            <source>%1 seconds</source>
            <translation>%1초</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1초</translation>
        </message>
        <message>
            <source>Hands-free plan</source>
            <translation>손대지 않고 녹화하는 방식</translation>
        </message>
        <message>
            <source>How long, and how often</source>
            <translation>얼마나 오래, 몇 번</translation>
        </message>
        <message>
            <source>until stopped</source>
            <translation>멈출 때까지</translation>
        </message>
        <message>
            <source>once</source>
            <translation>한 번</translation>
        </message>
        <message>
            <source>%1 times</source>
            <translation>%1번</translation>
        </message>
    </context>
    <context>
        <name>PlanRowView</name>
        <message>
            <source>Pictures: %1 · Recordings: %2</source>
            <translation>사진 %1장 · 녹화 %2회</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>녹화</translation>
        </message>
        <message>
            <source>Record %1</source>
            <translation>%1 녹화</translation>
        </message>
        <message>
            <source>Not recorded yet, so it is not learnt.</source>
            <translation>아직 녹화하지 않아 배우지 않습니다.</translation>
        </message>
        <message>
            <source>Too few to learn from: record %1 at least.</source>
            <translation>배우기에 너무 적습니다: 적어도 %1장을 녹화하세요.</translation>
        </message>
        <message>
            <source>Record it a second time in another place or posture: only then can it be judged honestly.</source>
            <translation>다른 장소나 자세로 한 번 더 녹화하세요. 그래야 제대로 평가할 수 있습니다.</translation>
        </message>
        <message>
            <source>Record what is no gesture (typing, drinking, scratching your nose), so that it is not taken for one.</source>
            <translation>제스처가 아닌 동작(타자, 물 마시기, 코 긁기)을 녹화하면 제스처로 오인하지 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>PlanView</name>
        <message>
            <source>What will be learnt</source>
            <translation>배울 제스처</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>The gestures that the app knows already stay. Nothing changes before you have seen how good the new model is.</source>
            <translation>앱이 이미 아는 제스처는 그대로 남습니다. 새 모델이 얼마나 좋은지 확인하기 전에는 아무것도 바뀌지 않습니다.</translation>
        </message>
        <message>
            <source>Record more of these first, or delete them: %1.</source>
            <translation>먼저 더 녹화하거나 삭제하세요: %1.</translation>
        </message>
        <message>
            <source>Record one of your gestures first.</source>
            <translation>먼저 내 제스처를 하나 녹화하세요.</translation>
        </message>
    </context>
    <context>
        <name>ProgressView</name>
        <message>
            <source>Recognition goes on meanwhile. You can use the other pages of the app.</source>
            <translation>그동안에도 인식은 계속됩니다. 다른 페이지를 사용해도 됩니다.</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>진행률</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>멈추는 중…</translation>
        </message>
        <message>
            <source>Learning your gestures</source>
            <translation>내 제스처를 배우는 중</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>시작하는 중…</translation>
        </message>
        <message>
            <source>a moment left</source>
            <translation>곧 끝납니다</translation>
        </message>
        <message>
            <source>about %1 s left</source>
            <translation>약 %1초 남음</translation>
        </message>
        <message>
            <source>about %1 min left</source>
            <translation>약 %1분 남음</translation>
        </message>
        <message>
            <source>about %1 h left</source>
            <translation>약 %1시간 남음</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Gesture Studio</source>
            <translation>제스처 스튜디오</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>실시간</translation>
        </message>
        <message>
            <source>Live recognition</source>
            <translation>실시간 인식</translation>
        </message>
        <message>
            <source>All gestures, and your own pictures</source>
            <translation>모든 제스처와 내 사진</translation>
        </message>
        <message>
            <source>Gestures</source>
            <translation>제스처</translation>
        </message>
        <message>
            <source>Language, colours, camera, files</source>
            <translation>언어, 색, 카메라, 파일</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Teach the app your gestures</source>
            <translation>앱에 내 제스처 가르치기</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>What was trained, and which one is in use</source>
            <translation>학습한 모델과 지금 쓰는 모델</translation>
        </message>
    </context>
    <context>
        <name>RecentGestures</name>
        <message>
            <source>now</source>
            <translation>지금</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1초</translation>
        </message>
    </context>
    <context>
        <name>RecordControls</name>
        <message>
            <source>Records while Space or Enter is held</source>
            <translation>스페이스 바나 엔터 키를 누르고 있는 동안 녹화합니다</translation>
        </message>
        <message>
            <source>Hold the mouse button, Space or Enter</source>
            <translation>마우스 단추, 스페이스 바 또는 엔터 키를 누르고 계세요</translation>
        </message>
        <message>
            <source>Let go to stop</source>
            <translation>놓으면 멈춤</translation>
        </message>
        <message>
            <source>Hold to record</source>
            <translation>누르는 동안 녹화</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>중지</translation>
        </message>
        <message>
            <source>Hands-free</source>
            <translation>손대지 않고</translation>
        </message>
        <message>
            <source>Counts to three and records by itself, with pauses</source>
            <translation>셋을 세고 저절로 녹화하며, 사이사이 쉽니다</translation>
        </message>
    </context>
    <context>
        <name>RecordingPanel</name>
        <message>
            <source>Review</source>
            <translation>살펴보기</translation>
        </message>
        <message>
            <source>Review the pictures</source>
            <translation>사진 살펴보기</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>First recording</source>
            <translation>첫 번째 녹화</translation>
        </message>
        <message>
            <source>Second recording, another place</source>
            <translation>두 번째 녹화, 다른 자리에서</translation>
        </message>
        <message>
            <source>Pictures in all: %1</source>
            <translation>모두 %1장</translation>
        </message>
        <message>
            <source>%1 frames were left out: saving could not keep up</source>
            <translation>저장이 따라가지 못해 %1프레임을 건너뛰었습니다</translation>
        </message>
        <message>
            <source>Show what your hands do all day, so that none of it is taken for a gesture.</source>
            <translation>평소 손동작을 보여 주세요. 그래야 그런 동작을 제스처로 착각하지 않습니다.</translation>
        </message>
        <message>
            <source>That was short: record on, it counts as the same recording.</source>
            <translation>너무 짧았어요. 이어서 녹화하면 같은 녹화로 칩니다.</translation>
        </message>
        <message>
            <source>Make the gesture and record. Turn and move your hand a little.</source>
            <translation>제스처를 하면서 녹화하세요. 손을 조금씩 돌리고 움직여 보세요.</translation>
        </message>
        <message>
            <source>Now once more, from another place or in another posture. Only with a second recording can the app judge honestly how well it knows the gesture.</source>
            <translation>이제 자리나 자세를 바꿔 한 번 더 녹화하세요. 두 번째 녹화가 있어야 이 제스처를 얼마나 잘 아는지 정직하게 평가할 수 있습니다.</translation>
        </message>
        <message>
            <source>That is enough to learn from. More recordings make it better still.</source>
            <translation>배우기에 충분합니다. 더 녹화하면 더 좋아집니다.</translation>
        </message>
    </context>
    <context>
        <name>RecordPage</name>
        <message>
            <source>Record: %1</source>
            <translation>녹화: %1</translation>
        </message>
        <message>
            <source>Drop to add to “%1”</source>
            <translation>놓으면 “%1”에 추가됩니다</translation>
        </message>
        <message>
            <source>Pictures, videos, folders or a Teachable Machine zip</source>
            <translation>사진, 동영상, 폴더 또는 Teachable Machine zip 파일</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Back (Escape)</source>
            <translation>뒤로 (Esc)</translation>
        </message>
    </context>
    <context>
        <name>RecordStage</name>
        <message>
            <source>Recording</source>
            <translation>녹화 중</translation>
        </message>
        <message>
            <source>Recording, turn %1</source>
            <translation>녹화 중, %1번째</translation>
        </message>
    </context>
    <context>
        <name>ResultView</name>
        <message>
            <source>The new model is ready after %1 s</source>
            <translation>%1초 만에 새 모델이 준비되었습니다</translation>
        </message>
        <message>
            <source>Nothing has changed yet. See how good it is, then decide.</source>
            <translation>아직 아무것도 바뀌지 않았습니다. 얼마나 좋은지 보고 결정하세요.</translation>
        </message>
        <message>
            <source>Switching on…</source>
            <translation>켜는 중…</translation>
        </message>
        <message>
            <source>Live now</source>
            <translation>지금 사용 중</translation>
        </message>
        <message>
            <source>“%1” recognises from now on. One click takes you back.</source>
            <translation>이제 “%1”이(가) 인식합니다. 한 번의 클릭으로 되돌릴 수 있습니다.</translation>
        </message>
        <message>
            <source>This model was not judged.</source>
            <translation>이 모델은 평가되지 않았습니다.</translation>
        </message>
        <message>
            <source>Switch on</source>
            <translation>켜기</translation>
        </message>
        <message>
            <source>Try out</source>
            <translation>시험해 보기</translation>
        </message>
        <message>
            <source>Keep the present one</source>
            <translation>지금 모델 유지</translation>
        </message>
        <message>
            <source>See it live</source>
            <translation>실시간으로 보기</translation>
        </message>
        <message>
            <source>Go back to the one before</source>
            <translation>이전 모델로 되돌리기</translation>
        </message>
        <message>
            <source>Train again</source>
            <translation>다시 학습</translation>
        </message>
        <message>
            <source>Both models side by side on the live picture</source>
            <translation>실시간 영상에서 두 모델을 나란히 봅니다</translation>
        </message>
        <message>
            <source>The new one stays among the models, unused</source>
            <translation>새 모델은 쓰이지 않은 채 모델 목록에 남습니다</translation>
        </message>
    </context>
    <context>
        <name>ReviewBar</name>
        <message>
            <source>By recording</source>
            <translation>녹화별</translation>
        </message>
        <message>
            <source>In the order in which they were recorded</source>
            <translation>녹화한 순서대로</translation>
        </message>
        <message>
            <source>Suspicious first</source>
            <translation>의심스러운 순</translation>
        </message>
        <message>
            <source>First what the model takes for something else, then blurred and equal ones</source>
            <translation>모델이 다르게 보는 사진, 흐린 사진, 같은 사진 순서</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>녹화</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>사진 크기</translation>
        </message>
        <message>
            <source>All recordings</source>
            <translation>모든 녹화</translation>
        </message>
    </context>
    <context>
        <name>ReviewPage</name>
        <message>
            <source>Review: %1</source>
            <translation>살펴보기: %1</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Back (Escape)</source>
            <translation>뒤로 (Esc)</translation>
        </message>
        <message>
            <source>Record more</source>
            <translation>더 녹화</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>사진</translation>
        </message>
        <message>
            <source>Space shows a picture in large, Del deletes, M moves to another gesture</source>
            <translation>스페이스는 크게 보기, Del은 삭제, M은 다른 제스처로 옮기기</translation>
        </message>
        <message>
            <source>Pictures: %1</source>
            <translation>사진 %1장</translation>
        </message>
        <message>
            <source>the model looks at them: %1 of %2</source>
            <translation>모델이 보는 중: %2장 중 %1장</translation>
        </message>
        <message>
            <source>worth a second look: %1</source>
            <translation>다시 볼 사진 %1장</translation>
        </message>
        <message>
            <source>No pictures of “%1” yet</source>
            <translation>‘%1’ 사진이 아직 없습니다</translation>
        </message>
        <message>
            <source>Here you review what was recorded, and take out what went wrong.</source>
            <translation>녹화한 사진을 훑어보고 잘못된 것을 빼는 곳입니다.</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>녹화</translation>
        </message>
    </context>
    <context>
        <name>Sample</name>
        <message>
            <source>Picture %1</source>
            <translation>사진 %1</translation>
        </message>
        <message>
            <source>Pictures: %1</source>
            <translation>사진 %1장</translation>
        </message>
        <message>
            <source>%1?</source>
            <comment>badge: gesture's name</comment>
            <translation>%1?</translation>
        </message>
        <message>
            <source>≈ %1</source>
            <comment>badge: gesture's name</comment>
            <translation>≈ %1</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>흐림</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>어두움</translation>
        </message>
        <message>
            <source>Small</source>
            <translation>작음</translation>
        </message>
        <message>
            <source>= %2</source>
            <comment>badge: a number</comment>
            <translation>= %2</translation>
        </message>
        <message>
            <source>Nothing unusual</source>
            <translation>이상 없음</translation>
        </message>
        <message>
            <source>The model sees another gesture</source>
            <translation>모델이 다른 제스처로 봄</translation>
        </message>
        <message>
            <source>Like a gesture that the model knows</source>
            <translation>모델이 아는 제스처와 비슷함</translation>
        </message>
        <message>
            <source>Small hand</source>
            <translation>작은 손</translation>
        </message>
        <message>
            <source>Almost the same as another picture</source>
            <translation>다른 사진과 거의 같음</translation>
        </message>
        <message>
            <source>The model sees no gesture here.</source>
            <translation>모델은 제스처가 아니라고 봅니다.</translation>
        </message>
        <message>
            <source>The model takes this for “%1”.</source>
            <translation>모델은 ‘%1’(으)로 봅니다.</translation>
        </message>
        <message>
            <source>To the model, which has not learnt this gesture yet, it looks like “%1”.</source>
            <translation>이 제스처를 아직 배우지 않은 모델에는 ‘%1’처럼 보입니다.</translation>
        </message>
        <message>
            <source>The hand is blurred.</source>
            <translation>손이 흐립니다.</translation>
        </message>
        <message>
            <source>The hand is very dark.</source>
            <translation>손이 너무 어둡습니다.</translation>
        </message>
        <message>
            <source>The hand is very small.</source>
            <translation>손이 너무 작습니다.</translation>
        </message>
        <message>
            <source>Almost the same as picture %2 of this recording: it adds little.</source>
            <translation>이 녹화의 사진 %2번과 거의 같아 더 배울 것이 적습니다.</translation>
        </message>
    </context>
    <context>
        <name>SamplePreview</name>
        <message>
            <source>Close the large picture (Esc)</source>
            <translation>큰 사진 닫기 (Esc)</translation>
        </message>
        <message>
            <source>Close the large picture</source>
            <translation>큰 사진 닫기</translation>
        </message>
        <message>
            <source>Picture of the hand</source>
            <translation>손 사진</translation>
        </message>
        <message>
            <source>The frame shows what the model sees, the dots where the hand was found.</source>
            <translation>틀은 모델이 보는 부분, 점은 손을 찾은 곳입니다.</translation>
        </message>
        <message>
            <source>Taken</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Hand</source>
            <translation>손</translation>
        </message>
        <message>
            <source>The model says</source>
            <translation>모델의 답</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>선명도</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>밝기</translation>
        </message>
        <message>
            <source>Size of the hand</source>
            <translation>손 크기</translation>
        </message>
        <message>
            <source>File</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1%</translation>
        </message>
        <message>
            <source>%1, %2 %</source>
            <translation>%1, %2%</translation>
        </message>
    </context>
    <context>
        <name>SelectionBar</name>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Delete the selected pictures (Del)</source>
            <translation>선택한 사진 삭제 (Del)</translation>
        </message>
        <message>
            <source>Delete the selected pictures</source>
            <translation>선택한 사진 삭제</translation>
        </message>
        <message>
            <source>Move to</source>
            <translation>옮기기</translation>
        </message>
        <message>
            <source>Give the selected pictures to another gesture (M)</source>
            <translation>선택한 사진을 다른 제스처로 옮기기 (M)</translation>
        </message>
        <message>
            <source>Give the selected pictures to another gesture</source>
            <translation>선택한 사진을 다른 제스처로 옮기기</translation>
        </message>
        <message>
            <source>Built-in gestures</source>
            <translation>기본 제스처</translation>
        </message>
        <message>
            <source>Click pictures to select them; with Shift or Ctrl, several.</source>
            <translation>사진을 눌러 선택하세요. Shift나 Ctrl로 여러 장을 선택합니다.</translation>
        </message>
        <message>
            <source>Selected: %1</source>
            <translation>%1장 선택</translation>
        </message>
    </context>
    <context>
        <name>SetFooter</name>
        <message>
            <source>Add gestures from a file</source>
            <translation>파일에서 제스처 추가</translation>
        </message>
        <message>
            <source>Delete all your gestures and pictures</source>
            <translation>내 제스처와 사진을 모두 삭제</translation>
        </message>
        <message>
            <source>Delete all your gestures and pictures (%1)?</source>
            <translation>내 제스처와 사진(%1장)을 모두 삭제할까요?</translation>
        </message>
        <message>
            <source>Delete everything</source>
            <translation>모두 삭제</translation>
        </message>
        <message>
            <source>Delete everything…</source>
            <translation>모두 삭제…</translation>
        </message>
        <message>
            <source>Export gestures</source>
            <translation>제스처 내보내기</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>내보내기…</translation>
        </message>
        <message>
            <source>Gestures</source>
            <translation>제스처</translation>
        </message>
        <message>
            <source>Import gestures</source>
            <translation>제스처 가져오기</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>가져오기…</translation>
        </message>
        <message>
            <source>Keep them</source>
            <translation>그대로 두기</translation>
        </message>
        <message>
            <source>Nothing leaves this machine.</source>
            <translation>아무것도 이 컴퓨터 밖으로 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Save all your gestures to one file</source>
            <translation>내 제스처를 모두 파일 하나에 저장</translation>
        </message>
        <message>
            <source>Show folder</source>
            <translation>폴더 보기</translation>
        </message>
        <message>
            <source>Show the folder of your pictures</source>
            <translation>내 사진 폴더 보기</translation>
        </message>
        <message>
            <source>They are deleted for good, with everything that was computed from them. Models that you have trained stay; remove those on the page Models.</source>
            <translation>사진과 거기서 계산한 것이 모두 영구히 삭제됩니다. 학습한 모델은 남으며, 모델 페이지에서 삭제할 수 있습니다.</translation>
        </message>
        <message>
            <source>Your pictures: %1</source>
            <translation>내 사진: %1</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>%1 per second</source>
            <translation>초당 %1장</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>시스템 설정에 따름</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>카메라</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>어둡게</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>언어</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>밝게</translation>
        </message>
        <message>
            <source>Logs</source>
            <translation>로그</translation>
        </message>
        <message>
            <source>Looks</source>
            <translation>모양</translation>
        </message>
        <message>
            <source>Mirror</source>
            <translation>거울</translation>
        </message>
        <message>
            <source>Most that recognition may take</source>
            <translation>인식에 쓸 최대치</translation>
        </message>
        <message>
            <source>Of all processors. With less, pictures are left out, and counted.</source>
            <translation>전체 프로세서 기준입니다. 줄이면 일부 영상을 건너뛰고 그 수를 셉니다.</translation>
        </message>
        <message>
            <source>Picture size</source>
            <translation>영상 크기</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>영상 수</translation>
        </message>
        <message>
            <source>Processors</source>
            <translation>프로세서</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Show folder</source>
            <translation>폴더 보기</translation>
        </message>
        <message>
            <source>Show the folder: %1</source>
            <translation>폴더 보기: %1</translation>
        </message>
        <message>
            <source>Show the picture as in a mirror</source>
            <translation>거울처럼 좌우를 바꾸어 보기</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>테마</translation>
        </message>
        <message>
            <source>What cameras are asked for; in dim light they may give fewer.</source>
            <translation>카메라에 요청하는 값입니다. 어두우면 더 적게 나올 수 있습니다.</translation>
        </message>
        <message>
            <source>What cameras are asked for; they may answer with another one.</source>
            <translation>카메라에 요청하는 값입니다. 카메라가 다른 크기로 답할 수 있습니다.</translation>
        </message>
        <message>
            <source>What can be made or fetched again</source>
            <translation>다시 만들거나 내려받을 수 있는 것</translation>
        </message>
        <message>
            <source>Your pictures and models</source>
            <translation>내 사진과 모델</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>제한 없음</translation>
        </message>
    </context>
    <context>
        <name>ShownPictures</name>
        <message>
            <source>Picture %1 of %2</source>
            <translation>사진 %2장 중 %1번째</translation>
        </message>
        <message>
            <source>%1, no longer there</source>
            <translation>%1, 더 이상 없음</translation>
        </message>
    </context>
    <context>
        <name>SourceCard</name>
        <message>
            <source>No source yet</source>
            <translation>아직 소스가 없습니다</translation>
        </message>
        <message>
            <source>Choose a camera, a video or a stream to begin.</source>
            <translation>시작하려면 카메라, 동영상 또는 스트림을 선택하세요.</translation>
        </message>
        <message>
            <source>Choose a source</source>
            <translation>소스 선택</translation>
        </message>
        <message>
            <source>Opening %1…</source>
            <translation>%1 여는 중…</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>일시 정지됨</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>계속</translation>
        </message>
        <message>
            <source>The source has ended</source>
            <translation>소스가 끝났습니다</translation>
        </message>
        <message>
            <source>Play again</source>
            <translation>다시 재생</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
        <message>
            <source>Use the demo</source>
            <translation>데모 사용</translation>
        </message>
    </context>
    <context>
        <name>SourcePicker</name>
        <message>
            <source>Open a video file…</source>
            <translation>동영상 파일 열기…</translation>
        </message>
        <message>
            <source>Network stream…</source>
            <translation>네트워크 스트림…</translation>
        </message>
        <message>
            <source>Demo clip</source>
            <translation>데모 영상</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>카메라 다시 찾기</translation>
        </message>
        <message>
            <source>Choose a camera, a file or a stream</source>
            <translation>카메라, 파일 또는 스트림 선택</translation>
        </message>
        <message>
            <source>Source: %1</source>
            <translation>소스: %1</translation>
        </message>
        <message>
            <source>Choose a source</source>
            <translation>소스 선택</translation>
        </message>
        <message>
            <source>Camera %1</source>
            <translation>카메라 %1</translation>
        </message>
        <message>
            <source>Looking for cameras…</source>
            <translation>카메라를 찾는 중…</translation>
        </message>
        <message>
            <source>No camera found</source>
            <translation>카메라가 없습니다</translation>
        </message>
        <message>
            <source>Open a video file</source>
            <translation>동영상 파일 열기</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>동영상</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>모든 파일</translation>
        </message>
    </context>
    <context>
        <name>StatusStrip</name>
        <message>
            <source>A faster engine is being built: %1, for %2 s</source>
            <translation>더 빠른 엔진을 만드는 중: %1, %2초째</translation>
        </message>
        <message>
            <source>A faster engine is being loaded: %1, for %2 s</source>
            <translation>더 빠른 엔진을 불러오는 중: %1, %2초째</translation>
        </message>
        <message>
            <source>A faster engine is being checked: %1, for %2 s</source>
            <translation>더 빠른 엔진을 확인하는 중: %1, %2초째</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>프레임 속도</translation>
        </message>
        <message>
            <source>Frames recognised per second, over the last 2 seconds</source>
            <translation>최근 2초 동안 초당 인식한 프레임 수</translation>
        </message>
        <message>
            <source>Latency p50 / p95</source>
            <translation>지연 시간 p50 / p95</translation>
        </message>
        <message>
            <source>From the camera's picture to the result: half of the frames are faster than the first figure, 95 of 100 faster than the second</source>
            <translation>카메라 영상에서 결과까지 걸린 시간: 프레임의 절반은 첫 번째 값보다, 100개 중 95개는 두 번째 값보다 빠릅니다</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>건너뜀</translation>
        </message>
        <message>
            <source>Frames that came in while an older one was recognised</source>
            <translation>앞선 프레임을 인식하는 동안 들어와 건너뛴 프레임 수</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>자세히</translation>
        </message>
        <message>
            <source>Details of the back end</source>
            <translation>백엔드 자세히</translation>
        </message>
        <message>
            <source>Why this back end was chosen and which ones cannot run here</source>
            <translation>이 백엔드를 선택한 이유와 여기서 실행할 수 없는 백엔드</translation>
        </message>
        <message>
            <source>Back end</source>
            <translation>백엔드</translation>
        </message>
        <message>
            <source>Back end: %1</source>
            <translation>백엔드: %1</translation>
        </message>
        <message>
            <source>Not used:</source>
            <translation>사용 안 함:</translation>
        </message>
    </context>
    <context>
        <name>TransferBar</name>
        <message>
            <source>%1 of %2 pictures, %3 s left</source>
            <translation>사진 %2장 중 %1장, %3초 남음</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>New gestures: %1. New pictures: %2. Here before: %3.</source>
            <translation>새 제스처 %1개, 새 사진 %2장. 이미 있던 사진 %3장.</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>진행률</translation>
        </message>
        <message>
            <source>Put this bar away</source>
            <translation>이 막대 닫기</translation>
        </message>
        <message>
            <source>Saved to %2. Pictures: %1</source>
            <translation>%2에 저장했습니다. 사진 %1장</translation>
        </message>
    </context>
    <context>
        <name>UndoBar</name>
        <message>
            <source>Put this bar away</source>
            <translation>이 막대 닫기</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>Undo (Ctrl+Z)</source>
            <translation>실행 취소 (Ctrl+Z)</translation>
        </message>
    </context>
    <context>
        <name>VersionComparison</name>
        <message>
            <source>Compare with</source>
            <translation>비교 대상</translation>
        </message>
        <message>
            <source>Both were judged on the same hands. From those of the built-in gestures the bundled model once learnt, so look at the differences.</source>
            <translation>둘 다 같은 손 사진으로 평가했습니다. 기본 제스처 사진은 기본 모델이 전에 배운 것이므로 차이를 보세요.</translation>
        </message>
        <message>
            <source>Each was judged on the pictures that there were when it was made, so small differences say nothing.</source>
            <translation>각 버전은 만들 당시의 사진으로 평가했으므로 작은 차이는 의미가 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>VersionDetails</name>
        <message>
            <source>Export…</source>
            <translation>내보내기…</translation>
        </message>
        <message>
            <source>Write this version into one file</source>
            <translation>이 버전을 파일 하나로 저장합니다</translation>
        </message>
        <message>
            <source>Show card</source>
            <translation>카드 보기</translation>
        </message>
        <message>
            <source>Where it comes from and how it was measured, in the browser</source>
            <translation>어디에서 왔고 어떻게 측정했는지 브라우저에서 봅니다</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>삭제…</translation>
        </message>
        <message>
            <source>Delete this version for good</source>
            <translation>이 버전을 완전히 삭제합니다</translation>
        </message>
        <message>
            <source>This version cannot be used.</source>
            <translation>이 버전은 사용할 수 없습니다.</translation>
        </message>
        <message>
            <source>Own gestures: %1</source>
            <translation>내 제스처: %1</translation>
        </message>
        <message>
            <source>Built-in gestures: %1</source>
            <translation>기본 제스처: %1</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2개 중 %1개</translation>
        </message>
        <message>
            <source>Getting ready…</source>
            <translation>준비 중…</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>사용 중</translation>
        </message>
        <message>
            <source>Switch on</source>
            <translation>사용하기</translation>
        </message>
        <message>
            <source>Stop trying out</source>
            <translation>시험 끝내기</translation>
        </message>
        <message>
            <source>Try out</source>
            <translation>시험해 보기</translation>
        </message>
        <message>
            <source>Recognise with this version from now on</source>
            <translation>지금부터 이 버전으로 인식합니다</translation>
        </message>
        <message>
            <source>Both models side by side on the live picture</source>
            <translation>실시간 영상에서 두 모델을 나란히 비교합니다</translation>
        </message>
        <message>
            <source>Show how it was judged</source>
            <translation>어떻게 평가했는지 보기</translation>
        </message>
    </context>
    <context>
        <name>VersionDialogs</name>
        <message>
            <source>Import a model</source>
            <translation>모델 가져오기</translation>
        </message>
        <message>
            <source>Export this version</source>
            <translation>이 버전 내보내기</translation>
        </message>
        <message>
            <source>Remove a version</source>
            <translation>버전 삭제</translation>
        </message>
        <message>
            <source>Remove “%1”?</source>
            <translation>“%1”을(를) 삭제할까요?</translation>
        </message>
        <message>
            <source>It is deleted for good. Your gestures and pictures stay as they are.</source>
            <translation>완전히 삭제됩니다. 제스처와 사진은 그대로 남습니다.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>그대로 두기</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>모델</translation>
        </message>
    </context>
    <context>
        <name>VersionList</name>
        <message>
            <source>Versions of the model</source>
            <translation>모델 버전</translation>
        </message>
    </context>
    <context>
        <name>VersionModel</name>
        <message>
            <source>Cannot be used</source>
            <translation>사용할 수 없음</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>사용 중</translation>
        </message>
    </context>
    <context>
        <name>VersionWords</name>
        <message>
            <source>Broken model %1</source>
            <translation>손상된 모델 %1</translation>
        </message>
        <message>
            <source>came with the app</source>
            <translation>앱에 포함</translation>
        </message>
        <message>
            <source>own gestures: %1, built-in: %2</source>
            <translation>내 제스처 %1개, 기본 %2개</translation>
        </message>
        <message>
            <source>%1 built-in gestures</source>
            <translation>기본 제스처 %1개</translation>
        </message>
        <message>
            <source>quick training, from “%1”</source>
            <translation>빠른 학습, 바탕: “%1”</translation>
        </message>
        <message>
            <source>full training, from “%1”</source>
            <translation>전체 학습, 바탕: “%1”</translation>
        </message>
        <message>
            <source>Anything else</source>
            <translation>그 밖의 모든 것</translation>
        </message>
        <message>
            <source>Own gestures recognised</source>
            <translation>내 제스처 인식률</translation>
        </message>
        <message>
            <source>Built-in ones recognised</source>
            <translation>기본 제스처 인식률</translation>
        </message>
        <message>
            <source>False alarms</source>
            <translation>오인식</translation>
        </message>
        <message>
            <source>Own gestures: on pictures held back from learning. Built-in ones and false alarms: on other hands, kept out of teaching; the bundled model once learnt from them.</source>
            <translation>내 제스처: 학습에 쓰지 않은 사진으로 측정. 기본 제스처와 오인식: 이번 학습에 쓰지 않은 다른 손으로 측정했으며, 기본 모델은 전에 그 사진으로 배웠습니다.</translation>
        </message>
        <message>
            <source>Measured on the pictures of “%1”, see the model's card.</source>
            <translation>“%1” 사진으로 측정했습니다. 자세한 내용은 모델 카드를 보세요.</translation>
        </message>
        <message>
            <source>No figures came with this model.</source>
            <translation>이 모델에는 측정 결과가 없습니다.</translation>
        </message>
        <message>
            <source>no figures</source>
            <translation>측정 결과 없음</translation>
        </message>
        <message>
            <source>%1 gestures</source>
            <translation>제스처 %1개</translation>
        </message>
    </context>
    <context>
        <name>_Step</name>
        <message>
            <source>done</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>to do</source>
            <translation>할 일</translation>
        </message>
    </context>
    <context>
        <name>StreamDialog</name>
        <message>
            <source>Network stream</source>
            <translation>네트워크 스트림</translation>
        </message>
        <message>
            <source>&amp;Address of the stream</source>
            <translation>스트림 주소(&amp;A)</translation>
        </message>
        <message>
            <source>Address of the stream</source>
            <translation>스트림 주소</translation>
        </message>
        <message>
            <source>Begins with %1.</source>
            <translation>다음으로 시작합니다: %1.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
    </context>
    <context>
        <name>TrainPage</name>
        <message>
            <source>Train</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Teaches the app the gestures that you recorded. Nothing leaves this machine.</source>
            <translation>녹화한 제스처를 앱에 가르칩니다. 아무것도 이 컴퓨터를 떠나지 않습니다.</translation>
        </message>
        <message>
            <source>My gestures, %1</source>
            <translation>내 제스처, %1</translation>
        </message>
        <message>
            <source>Nothing to learn yet</source>
            <translation>아직 배울 것이 없습니다</translation>
        </message>
        <message>
            <source>Add a gesture, record it twice, then come back and press one button.</source>
            <translation>제스처를 추가해 두 번 녹화한 뒤, 여기로 돌아와 버튼 하나만 누르세요.</translation>
        </message>
        <message>
            <source>Add a gesture</source>
            <translation>제스처 추가</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
    </context>
    <context>
        <name>TrainingStage</name>
        <message>
            <source>Finding hands</source>
            <translation>손 찾기</translation>
        </message>
        <message>
            <source>Looking at the pictures</source>
            <translation>사진 살펴보기</translation>
        </message>
        <message>
            <source>Learning</source>
            <translation>배우기</translation>
        </message>
        <message>
            <source>Judging</source>
            <translation>평가하기</translation>
        </message>
        <message>
            <source>Training all layers</source>
            <translation>모든 층 학습</translation>
        </message>
        <message>
            <source>Writing the model</source>
            <translation>모델 쓰기</translation>
        </message>
    </context>
    <context>
        <name>TryoutStrip</name>
        <message>
            <source>Try-out: %1</source>
            <translation>시험 사용: %1</translation>
        </message>
        <message>
            <source>Switch on</source>
            <translation>사용하기</translation>
        </message>
        <message>
            <source>Recognise with the model that is tried out from now on</source>
            <translation>지금부터 시험 중인 모델로 인식합니다</translation>
        </message>
        <message>
            <source>Stop trying out</source>
            <translation>시험 끝내기</translation>
        </message>
        <message>
            <source>Go on with the present model alone</source>
            <translation>지금 쓰는 모델만 계속 사용합니다</translation>
        </message>
        <message>
            <source>%1, in use</source>
            <translation>%1, 사용 중</translation>
        </message>
        <message>
            <source>%1, try-out: differs</source>
            <translation>%1, 시험: 다름</translation>
        </message>
        <message>
            <source>%1, try-out</source>
            <translation>%1, 시험</translation>
        </message>
        <message>
            <source>beside “%1”</source>
            <translation>“%1”와(과) 나란히</translation>
        </message>
    </context>
    <context>
        <name>UnfinishedBar</name>
        <message>
            <source>Go on</source>
            <translation>이어서 하기</translation>
        </message>
        <message>
            <source>Leave it</source>
            <translation>그만두기</translation>
        </message>
        <message>
            <source>%1 training, begun %2, has not come to its end. What was done so far is kept.</source>
            <translation>%2에 시작한 ‘%1’ 학습이 끝나지 않았습니다. 지금까지 한 작업은 남아 있습니다.</translation>
        </message>
        <message>
            <source>Full</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Quick</source>
            <translation>빠르게</translation>
        </message>
    </context>
    <context>
        <name>VarietyRing</name>
        <message>
            <source>Recorded so far</source>
            <translation>지금까지 녹화한 것</translation>
        </message>
        <message>
            <source>Pictures saved: %1, variety: %2 percent</source>
            <translation>사진 %1장 저장, 다양함 %2퍼센트</translation>
        </message>
        <message>
            <source>The ring fills with variety: turn, move, come closer</source>
            <translation>고리는 다양할수록 찹니다. 돌리고, 옮기고, 가까이 와 보세요</translation>
        </message>
        <message>
            <source>saved</source>
            <translation>저장됨</translation>
        </message>
    </context>
    <context>
        <name>VideoView</name>
        <message>
            <source>Live picture</source>
            <translation>실시간 영상</translation>
        </message>
        <message>
            <source>The picture of the source with hands and their gestures drawn over it</source>
            <translation>손과 제스처를 겹쳐 그린 소스 영상</translation>
        </message>
    </context>
</TS>
